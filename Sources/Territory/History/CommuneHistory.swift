/// What became of the communes of a country: mergers, splits, new codes, one movement a day and a commune.
///
/// Codes are those of the country (INSEE, NIS). A code may end and live again: what it means depends on the day.
package struct CommuneHistory: Sendable {
  /// From this day on, the territory of a commune is that of others, itself perhaps among them. A commune that
  /// takes another in moves into itself: so we know that it was there before.
  package struct Movement: Sendable, Equatable {
    package let day: Day
    package let from: String
    package let into: [String]

    package init(_ day: Day, _ from: String, _ into: [String]) { (self.day, self.from, self.into) = (day, from, into) }
  }

  /// Where a code of some day has gone.
  package enum Fate: Sendable, Equatable {
    /// To one commune of today, with all its territory.
    case whole(String)
    /// It was divided: the communes of today that have a part of it, the weights adding up to 1.
    case divided([Share])
    /// It ended, and the history does not say in what.
    case lost(after: Day)
    /// No commune has this code, and none had it.
    case unknown
  }

  /// A commune and how much of another it has.
  package struct Share: Sendable, Equatable {
    package let code: String
    package let weight: Double

    package init(_ code: String, _ weight: Double) { (self.code, self.weight) = (code, weight) }
  }

  /// The communes of today.
  package let present: Set<String>
  /// By code, the oldest first; a movement into itself alone changes no territory and is left out.
  let departures: [String: [Movement]]
  let lives: [String: Life]
  let people: People

  /// When a code was in use.
  struct Life {
    var before = false
    var changes: [(day: Day, isAlive: Bool)] = []
  }

  package init(_ movements: [Movement], present: Set<String>, people: People = People()) {
    self.present = present
    self.people = people
    let movements = Self.merged(movements)
    departures = Dictionary(grouping: movements.filter { $0.into != [$0.from] }, by: \.from)
    var lives: [String: Life] = [:]
    var start = movements.startIndex
    while start < movements.endIndex {
      let day = movements[start].day
      let end = movements[start...].firstIndex { $0.day != day } ?? movements.endIndex
      let left = Set(movements[start..<end].map(\.from))
      let reached = Set(movements[start..<end].flatMap(\.into))
      for code in left.union(reached) {
        var life = lives[code] ?? Life(before: left.contains(code))
        life.changes.append((day, reached.contains(code)))
        lives[code] = life
      }
      start = end
    }
    // A code given and taken on its last day was a step between two others, never a commune.
    for (code, life) in lives where !present.contains(code) {
      if let last = life.changes.last, last.isAlive, let moves = departures[code], moves.last?.day == last.day {
        lives[code]?.changes[life.changes.count - 1].isAlive = false
        if life.changes.count == 1 { lives[code]?.before = false }
      }
    }
    self.lives = lives
  }

  /// One movement for each commune and day, in order of the days.
  private static func merged(_ movements: [Movement]) -> [Movement] {
    var into: [Day: [String: Set<String>]] = [:]
    for movement in movements { into[movement.day, default: [:]][movement.from, default: []].formUnion(movement.into) }
    return into.sorted { $0.key < $1.key }.flatMap { day, moves in
      moves.sorted { $0.key < $1.key }.map { Movement(day, $0.key, $0.value.sorted()) }
    }
  }

  /// Every code of the history and of today.
  package var codes: Set<String> { present.union(lives.keys) }

  /// The days on which something happened, in order.
  package var days: [Day] { Set(lives.values.flatMap { $0.changes.map(\.day) }).sorted() }

  /// The communes of a day, movements of that very day done.
  package func communes(on day: Day) -> Set<String> { codes.filter { isCommune($0, on: day) } }

  package func isCommune(_ code: String, on day: Day) -> Bool {
    guard let life = lives[code] else { return present.contains(code) }
    return life.changes.last { $0.day <= day }?.isAlive ?? life.before
  }

  /// What a code written on some day means today. Without a day, what it meant last.
  package func fate(of code: String, on day: Day? = nil) -> Fate {
    let moves = departures[code] ?? []
    if let day, let next = moves.first(where: { $0.day > day }) { return fate(following: next, since: day) }
    if present.contains(code) { return .whole(code) }
    if let last = moves.last { return fate(following: last, since: nil) }
    return lives[code]?.changes.last.map { .lost(after: $0.day) } ?? .unknown
  }

  private func fate(following movement: Movement, since day: Day?) -> Fate {
    var succession = Succession(self, from: movement, since: day)
    return succession.fate()
  }

  /// How a territory is divided among the communes that took it.
  func division(_ codes: [String]) -> [Double] {
    People.shares(codes.map { people.communes[$0] ?? people.parts[$0] })
  }
}
