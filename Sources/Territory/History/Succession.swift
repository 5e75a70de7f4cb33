/// Follows the territory of a commune from its movement to the communes of today.
///
/// All its parts go on together, day by day, one weight a code. Path after path would be a little more exact; but where
/// two communes exchange their territories again and again, there are more paths than can be counted.
struct Succession {
  /// What has come under one code by now.
  private struct Part {
    var weight: Double
    /// The communes that all of it has left, and those that some of it has.
    var all: Set<Leaving> = []
    var some: Set<Leaving> = []

    func joined(with other: Part?) -> Part {
      guard let other else { return self }
      return Part(weight: other.weight + weight, all: other.all.intersection(all), some: other.some.union(some))
    }
  }

  private struct Leaving: Hashable {
    let code: String
    let day: Day
  }

  private let history: CommuneHistory
  private let first: CommuneHistory.Movement
  /// The day of which the code is; nil: the eve of its first movement.
  private let start: Day?
  private var here: [String: Part] = [:]
  private var ended: [String: Double] = [:]
  private var lost: Day?

  /// A code between two is left on the day on which it is given; after so many steps of one day, they lead in a circle.
  private static let mostSteps = 8

  init(_ history: CommuneHistory, from first: CommuneHistory.Movement, since start: Day?) {
    (self.history, self.first, self.start) = (history, first, start)
  }

  mutating func fate() -> CommuneHistory.Fate {
    here = [first.from: Part(weight: 1)]
    var next: Day? = first.day
    while let day = next {
      pass(day)
      next = here.keys.compactMap { code in history.departures[code]?.first { $0.day > day }?.day }.min()
    }
    if let lost { return .lost(after: lost) }
    if ended.count == 1, let only = ended.first { return .whole(only.key) }
    return .divided(ended.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
  }

  private mutating func pass(_ day: Day) {
    var moving = here.filter { movement(of: $0.key, on: day) != nil }
    for code in moving.keys { here[code] = nil }
    var steps = 0
    while !moving.isEmpty {
      let arrived = moved(moving, on: day)
      moving = [:]
      for (code, part) in arrived {
        let moves = history.departures[code] ?? []
        if moves.contains(where: { $0.day > day }) {
          here[code] = part.joined(with: here[code])
        } else if history.present.contains(code) {
          ended[code, default: 0] += part.weight
        } else if moves.last?.day == day, steps < Self.mostSteps {
          // Moved to another département and merged there on one day: a code between two.
          moving[code] = part
        } else {
          lost = day
        }
      }
      steps += 1
    }
  }

  private mutating func moved(_ parts: [String: Part], on day: Day) -> [String: Part] {
    var arrived: [String: Part] = [:]
    // In order: sums of weights are the same each time.
    for (code, part) in parts.sorted(by: { $0.key < $1.key }) {
      guard let movement = movement(of: code, on: day), !movement.into.isEmpty else {
        lost = day
        continue
      }
      let takers = takers(of: part, in: movement)
      for (taker, share) in zip(takers, history.division(takers)) {
        var piece = part
        piece.weight *= share
        if taker != code {
          piece.all.insert(Leaving(code: code, day: day))
          piece.some.insert(Leaving(code: code, day: day))
        }
        arrived[taker] = piece.joined(with: arrived[taker])
      }
    }
    return arrived
  }

  /// The communes that a part is divided among. One that is established again has what it had: all that came out of it
  /// returns to it, and what was another's when it ended does not.
  private func takers(of part: Part, in movement: CommuneHistory.Movement) -> [String] {
    guard movement.into.count > 1 else { return movement.into }
    var endings: [String: CommuneHistory.Movement] = [:]
    for code in movement.into where code != movement.from { endings[code] = ending(of: code, before: movement.day) }
    // Of several that all of it came out of, the one that it left first: that was in the others.
    let own = endings.filter { part.all.contains(Leaving(code: $0, day: $1.day)) }
      .min { ($0.value.day, $0.key) < ($1.value.day, $1.key) }
    if let own { return [own.key] }
    let possible = movement.into.filter { code in
      guard let ending = endings[code], ending.into.contains(movement.from) else { return true }
      return part.some.contains(Leaving(code: code, day: ending.day)) || !wasThere(on: ending.day)
    }
    return possible.isEmpty ? movement.into : possible
  }

  /// Had the territory begun to be followed before the movements of a day?
  private func wasThere(on day: Day) -> Bool { start.map { $0 < day } ?? (first.day <= day) }

  private func movement(of code: String, on day: Day) -> CommuneHistory.Movement? {
    history.departures[code]?.first { $0.day == day }
  }

  /// What ended a commune that was none any more on the eve of a day.
  private func ending(of code: String, before day: Day) -> CommuneHistory.Movement? {
    guard history.lives[code]?.changes.last(where: { $0.day < day })?.isAlive == false,
      let last = history.departures[code]?.last(where: { $0.day < day }), !last.into.contains(code)
    else { return nil }
    return last
  }
}
