import Diagnostics

/// The sizes and anomalies of `associations.csv`.
struct AssociationRates {
  let unregistered, dissolved, deleted: Double
  let withoutNumber, dissolutionDeclared, olderOnly, olderBoth, siretKnown, siretWrong: Rate
  let titleDiffers, repeated, communeGone, createdUnknown: Rate
  private let windows, lost: Double

  init(_ folder: String) throws {
    let table = try Constants(folder, "associations")
    unregistered = try table.value("unregistered")
    dissolved = try table.value("dissolved")
    deleted = try table.value("deleted")
    withoutNumber = try table.rate("without_number")
    dissolutionDeclared = try table.rate("dissolution_declared")
    olderOnly = try table.rate("older_only")
    olderBoth = try table.rate("older_both")
    siretKnown = try table.rate("siret_known")
    siretWrong = try table.rate("siret_wrong")
    titleDiffers = try table.rate("title_differs")
    repeated = try table.rate("repeated")
    communeGone = try table.rate("commune_gone")
    createdUnknown = try table.rate("created_unknown")
    windows = try table.value("windows")
    lost = try table.value("lost")
  }

  /// How an older file came down the years.
  func text(_ draws: inout Draws) -> AssociationText {
    let share = draws.share()
    return share < windows ? .windows1252 : share < windows + lost ? .lost : .utf8
  }

  /// What an association without a SIREN is.
  func position(_ draws: inout Draws) -> Association.Position {
    let share = draws.share() * (unregistered + dissolved + deleted)
    return share < unregistered ? .active : share < unregistered + dissolved ? .dissolved : .deleted
  }
}
