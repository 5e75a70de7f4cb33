package import Diagnostics
import Nomenclature
import Territory
package import Wording

extension OrganisationDirectory {
  /// The columns of an export, in their order.
  package static let exportColumns = [
    "country", "id", "name", "restricted", "active", "association", "form", "form_label", "family", "subfamily",
    "perimeters", "lists", "commune", "commune_name", "departement_or_province", "region", "epci", "arrondissement",
    "employment_zone", "zones", "a88", "size", "size_band", "created", "establishments", "employer",
  ]

  /// An organisation as a row of an export. The place of one whose diffusion is restricted is not told.
  package func row(_ position: Int, _ language: Language) throws(Problem) -> [String] {
    let one = try organisation(position)
    var place: DirectoryTerritories.Item?
    var holders: [DirectoryTerritories.Item] = []
    if let commune = one.commune {
      place = try territories.commune(commune)
      holders = try territories.holders(of: commune)
    }
    func holder(_ levels: Territory.Level...) -> String {
      holders.filter { levels.contains($0.level) }.map(\.code).joined(separator: "|")
    }
    return [
      one.country.rawValue, one.id, one.name, String(one.isRestricted), String(one.isActive), one.association,
      one.form?.code ?? "", one.form?.label[language] ?? "", one.family?.code ?? "", one.subfamily?.code ?? "",
      one.perimeters.map(\.code).joined(separator: "|"), one.lists.map(\.code).joined(separator: "|"),
      place?.code ?? "", place?.label[language] ?? "", holder(.departement, .province), holder(.region), holder(.epci),
      holder(.arrondissement), holder(.employmentZone), holder(.zone), one.division?.code ?? "", one.size?.code ?? "",
      one.band?.code ?? "", one.year.map(String.init) ?? "", String(one.establishments), String(one.isEmployer),
    ]
  }
}
