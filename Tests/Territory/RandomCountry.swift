import Territory
import TestSupport

/// A country whose communes merge, split and change codes at random, told twice: as movements of communes, and as
/// the homes of people who stay where they are while the codes around them change.
struct RandomCountry {
  private(set) var movements: [CommuneHistory.Movement] = []
  /// The code of each person's commune, after each day.
  private(set) var homes: [(day: Day, codes: [String])]
  private var code = 0

  enum Event { case annexation, merger, newCode, division, rebirth }

  init(_ random: inout SplitMix64, _ events: [Event] = [.annexation, .merger, .newCode, .division, .rebirth]) {
    /// Communes that another took in, with their people: they may be established again.
    var ended: [(code: String, host: String, people: [Int])] = []
    var homes: [String] = []
    for _ in 0..<random.number(4...12) {
      let name = Self.name(&code)
      homes += Array(repeating: name, count: random.number(2...6))
    }
    self.homes = [(Day(2000, 1, 1), homes)]
    for year in 2001...2000 + random.number(1...12) {
      let day = Day(year, 1, 1)
      var free = Set(homes).sorted().shuffled(using: &random)
      for _ in 0..<random.number(1...3) where free.count > 2 {
        let first = free.removeFirst()
        switch random.pick(events) {
        case .annexation:
          let second = free.removeFirst()
          ended.append((second, first, homes.indices.filter { homes[$0] == second }))
          movements += [.init(day, second, [first]), .init(day, first, [first])]
          homes = homes.map { $0 == second ? first : $0 }
        case .merger:
          let (second, new) = (free.removeFirst(), Self.name(&code))
          movements += [.init(day, first, [new]), .init(day, second, [new])]
          homes = homes.map { $0 == first || $0 == second ? new : $0 }
        case .newCode:
          let new = Self.name(&code)
          movements.append(.init(day, first, [new]))
          homes = homes.map { $0 == first ? new : $0 }
        case .division:  // a part becomes a commune of its own
          let people = homes.indices.filter { homes[$0] == first }
          guard people.count > 1 else { continue }
          let new = Self.name(&code)
          movements.append(.init(day, first, [first, new]))
          for person in people.dropFirst(random.number(1...people.count - 1)) { homes[person] = new }
        case .rebirth:
          let host = homes.indices.filter { homes[$0] == first }
          let possible = ended.last { one in
            one.host == first && !homes.contains(one.code) && one.people.count < host.count
              && one.people.allSatisfy { homes[$0] == first }
              && !movements.contains { $0.day == day && ($0.from == one.code || $0.into.contains(one.code)) }
          }
          guard let again = possible else { continue }
          movements.append(.init(day, first, [first, again.code]))
          for person in again.people { homes[person] = again.code }
          ended.removeAll { $0.code == again.code }
        }
      }
      self.homes.append((day, homes))
    }
    movements.shuffle(using: &random)
  }

  private static func name(_ number: inout Int) -> String {
    number += 1
    return "C\(number)"
  }

  var today: [String] { homes.last?.codes ?? [] }
  var history: CommuneHistory { CommuneHistory(movements, present: Set(today)) }
}
