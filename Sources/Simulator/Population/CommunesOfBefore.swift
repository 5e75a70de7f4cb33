import Territory

/// The communes as they were on the days of older stocks, as far as their history is known.
struct CommunesOfBefore {
  struct Part {
    let code: String
    /// In French, then in Dutch where it is another one; empty where the history has no name.
    let names: [String]
    let weight: Double
  }

  /// 1 January of each year, the newest first.
  let days: [Day]
  private let correspondences: [Day: Correspondence]
  private let names: [String: [String]]

  init(_ history: CommuneHistory, names: [String: [String]], years: [Int]) {
    days = years.map { Day($0, 1, 1) }
    self.names = names
    correspondences = Dictionary(
      days.map { ($0, Correspondence(history, backTo: $0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a commune of today was on a day; nil where it was the same.
  func parts(of code: String, on day: Day) -> [Part]? {
    let shares = correspondences[day]?[code] ?? []
    guard !shares.isEmpty, shares.map(\.code) != [code] else { return nil }
    return shares.map { Part(code: $0.code, names: names[$0.code] ?? [], weight: $0.weight) }
  }
}
