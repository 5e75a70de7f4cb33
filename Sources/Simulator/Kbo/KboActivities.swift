import Diagnostics
import Tabular

/// The rows of activity.csv: one activity is repeated in each version of the nomenclature that was
/// in force since, and once more for the social security where there are jobs.
struct KboActivities {
  private let text: KboText
  private let profile: CountryProfile
  private static let before2008 = DayTable.day(2008, 1, 1)
  private static let before2025 = DayTable.day(2025, 1, 1)

  init(_ text: KboText) {
    self.text = text
    profile = text.profile
  }

  func write(_ enterprise: Enterprise, to csv: inout CSVWriter) throws(Problem) {
    var draws = Draws(key: enterprise.key, KboText.activityDraws)
    try writeAll(
      enterprise.stem, enterprise.activity, profile.groups[enterprise.group],
      start: enterprise.start, employs: enterprise.employs, seconds: 30, &draws, to: &csv)
  }

  func write(
    _ one: EstablishmentUnit, of enterprise: Enterprise, to csv: inout CSVWriter
  ) throws(Problem) {
    var draws = Draws(key: one.key, KboText.activityDraws)
    try writeAll(
      one.stem, one.activity, profile.groups[enterprise.group], start: one.start,
      employs: one.jobs > 0, seconds: 12, &draws, to: &csv)
  }

  private func writeAll(
    _ stem: Int, _ activity: Int, _ group: CountryProfile.Group, start: Int, employs: Bool,
    seconds: Int, _ draws: inout Draws, to csv: inout CSVWriter
  ) throws(Problem) {
    // 001 is declared for VAT.
    let taxed = text.isTaxed(group, &draws)
    try writeVersions(stem, taxed ? "001" : "003", activity, start, "MAIN", to: &csv)
    if draws.happens(text.percent[seconds]) {
      let other = group.activities[group.ofUnits.pick(&draws)]
      let auxiliary = draws.happens(text.percent[3])
      if other != activity {
        try writeVersions(
          stem, taxed ? "001" : "003", other, start, auxiliary ? "ANCI" : "SECO", to: &csv)
      }
    }
    if employs { try writeVersions(stem, "006", activity, start, "MAIN", to: &csv) }
  }

  private func writeVersions(
    _ stem: Int, _ group: StaticString, _ activity: Int, _ start: Int,
    _ classification: StaticString, to csv: inout CSVWriter
  ) throws(Problem) {
    let activity = profile.activities[activity]
    // An extract knows the nomenclatures of its day.
    let knows2025 = text.today >= Self.before2025
    if knows2025 { try writeRow(stem, group, #"","2025",""#, activity.newer, classification, to: &csv) }
    if start < Self.before2025 || !knows2025 {
      try writeRow(stem, group, #"","2008",""#, activity.code, classification, to: &csv)
    }
    if start < Self.before2008 {
      try writeRow(stem, group, #"","2003",""#, activity.older, classification, to: &csv)
    }
  }

  private func writeRow(
    _ stem: Int, _ group: StaticString, _ version: StaticString, _ code: Word,
    _ classification: StaticString, to csv: inout CSVWriter
  ) throws(Problem) {
    guard !code.isEmpty else { return }
    csv.entityNumber(stem: stem)
    csv.text(#",""#)
    csv.text(group)
    csv.text(version)
    csv.word(code)
    csv.text(#"",""#)
    csv.text(classification)
    csv.byte(UInt8(ascii: "\""))
    try csv.endRow()
  }
}
