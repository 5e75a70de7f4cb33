import Diagnostics

/// What changes in a unit from year to year, told backwards: the newest stock is what the others came to.
///
/// Each year of each unit has its own draws: stocks of different years agree on what was before both.
struct Changes {
  private let form, activity, address: Rate
  /// The forms of each group, by their weight.
  private let forms: [(positions: [Int], chooser: Chooser)]
  private let profile: CountryProfile

  init(_ profile: CountryProfile, groupCount: Int) throws(Problem) {
    self.profile = profile
    form = try profile.constants.rate("change_form")
    activity = try profile.constants.rate("change_activity")
    address = try profile.constants.rate("be_change_address")
    forms = (0..<groupCount).map { group in
      let positions = profile.formWeights.indices.filter { profile.forms[$0].group == group }
      return (positions, Chooser(positions.map { profile.formWeights[$0] }, in: profile.arena))
    }
  }

  /// The form and activity of a unit on 1 January of a year, from those of a later one.
  func undo(
    form now: inout Int, activity: inout Int, key: UInt64, group: Int, employs: Bool, from later: Int, to year: Int
  ) {
    for passed in stride(from: later - 1, through: year, by: -1) {
      var draws = Draws(key: key, 30_000 + passed)
      if draws.happens(form) { now = forms[group].positions[forms[group].chooser.pick(&draws)] }
      var choice = Draws(key: key, 32_000 + passed)
      guard choice.happens(self.activity) else { continue }
      let own = profile.groups[group]
      activity = own.activities[(employs ? own.ofEmployers : own.ofUnits).pick(&choice)]
    }
  }

  /// The place of an address then: nothing where it has not moved since.
  func place(key: UInt64, from later: Int, to year: Int, elsewhere: (inout Draws) -> Int) -> Int? {
    var place: Int?
    for passed in stride(from: later - 1, through: year, by: -1) {
      var draws = Draws(key: key, 34_000 + passed)
      if draws.happens(address) { place = elsewhere(&draws) }
    }
    return place
  }
}
