import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The list that a territory keeps of its actors: names and addresses as people wrote them, no number. Its last but one
/// column is the truth, for tests: the number, or nothing where no register has the actor.
final class ActorFile {
  /// An actor as the register tells of it.
  struct Actor {
    var name: String
    var address: String
    var postcode: String
    var place: String
    var category: String
    var truth: String
  }

  private struct Rates {
    let employers, others, misspelt, capitals, twice, homonym, unknown: Rate
    let noAddress, noPostcode, otherPostcode, placeChanged: Rate

    init(_ folder: String) throws {
      let table = try Constants(folder, "actors")
      employers = try table.rate("employers")
      others = try table.rate("others")
      misspelt = try table.rate("misspelt")
      capitals = try table.rate("capitals")
      twice = try table.rate("twice")
      homonym = try table.rate("homonym")
      unknown = try table.rate("unknown")
      noAddress = try table.rate("no_address")
      noPostcode = try table.rate("no_postcode")
      otherPostcode = try table.rate("other_postcode")
      placeChanged = try table.rate("place_changed")
    }
  }

  private let rates: Rates
  private let communes: [Commune]
  private let sheet: Sheet

  init(_ country: Country, _ folder: String, communes: [Commune], in draft: Draft) throws {
    rates = try Rates(folder)
    self.communes = communes
    sheet = try Sheet(
      SimulatedFile(country, .actors), header: "nom;adresse;code_postal;commune;categorie;verite;origin", in: draft)
  }

  /// The draws of an actor; nothing where the list does not have it.
  func draws(for key: UInt64, employs: Bool) -> Draws? {
    var draws = Draws(key: key, 70_000)
    return draws.happens(employs ? rates.employers : rates.others) ? draws : nil
  }

  func write(_ actor: Actor, _ draws: inout Draws) throws(Problem) {
    try writeRow(actor, &draws)
    if draws.happens(rates.twice) { try writeRow(actor, &draws) }
    if draws.happens(rates.homonym) { try writeRow(moved(actor, &draws), &draws) }
    if draws.happens(rates.unknown) { try writeRow(unknown(&draws), &draws) }
  }

  private func moved(_ actor: Actor, _ draws: inout Draws) -> Actor {
    let elsewhere = communes[draws.below(communes.count)]
    var other = actor
    guard elsewhere.postcodes.first != actor.postcode else { return actor }
    other.postcode = elsewhere.postcodes.first ?? elsewhere.official
    other.place = elsewhere.name
    other.truth = ""
    return other
  }

  /// A name that the registers do not make.
  private func unknown(_ draws: inout Draws) -> Actor {
    let commune = communes[draws.below(communes.count)]
    let kinds = ["Collectif", "Tiers-lieu", "Jardin partagé", "Atelier", "Ressourcerie", "Épicerie solidaire"]
    let number = 1 + draws.below(900)
    return Actor(
      name: "\(kinds[draws.below(kinds.count)]) n° \(number)", address: "\(1 + draws.below(90)) rue du Projet",
      postcode: commune.postcodes.first ?? commune.official, place: commune.name, category: "collectif", truth: "")
  }

  private func writeRow(_ actor: Actor, _ draws: inout Draws) throws(Problem) {
    var name = draws.happens(rates.misspelt) ? Misspelling.of(actor.name, &draws) : actor.name
    if draws.happens(rates.capitals) { name = Misspelling.titled(name) }
    sheet.csv.strings(name, draws.happens(rates.noAddress) ? "" : actor.address)
    if draws.happens(rates.otherPostcode), let other = communes[draws.below(communes.count)].postcodes.first {
      sheet.csv.strings(other)
    } else {
      sheet.csv.strings(draws.happens(rates.noPostcode) ? "" : actor.postcode)
    }
    sheet.csv.strings(draws.happens(rates.placeChanged) ? respelt(actor.place, &draws) : actor.place)
    sheet.csv.strings(actor.category, actor.truth)
    sheet.csv.text("simulated")
    try sheet.csv.endRow()
  }

  private func respelt(_ place: String, _ draws: inout Draws) -> String {
    switch draws.below(4) {
    case 0: place.uppercased()
    case 1: place.replacing("Saint-", with: "St ").replacing("-", with: " ")
    case 2: "\(place.uppercased()) CEDEX"
    default: place.replacing("-", with: " ")
    }
  }

  func finish() throws(Problem) -> WrittenFile { try sheet.finish() }
}
