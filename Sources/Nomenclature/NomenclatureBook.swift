internal import Diagnostics
package import Wording

/// The nomenclatures in force, loaded once: the first of the three rule books.
package struct NomenclatureBook: Sendable {
  package let frenchForms: Nomenclature
  package let belgianForms: Nomenclature
  package let nafRev2: Nomenclature
  package let nacebel2008: Nomenclature
  package let naf2025: Nomenclature
  package let nacebel2025: Nomenclature
  package let families: Nomenclature
  package let commonFamilies: CommonFamilies
  package let schemes: ActivitySchemes
  package let sectors: Sectors
  package let activities: ActivityMapping
  package let sizes: Sizes
  package let publicForms: PublicForms
  package let lists: OrganisationLists
  package let accounts: AccountRubrics

  package init(share: String) throws {
    func load(_ name: String) throws -> Nomenclature {
      try Nomenclature("\(share)/nomenclatures/\(name).csv")
    }
    frenchForms = try load("fr-legal-forms")
    belgianForms = try load("be-legal-forms")
    nafRev2 = try load("naf-rev2")
    nacebel2008 = try load("nacebel-2008")
    naf2025 = try load("naf-2025")
    nacebel2025 = try load("nacebel-2025")
    families = try load("ess-families")
    commonFamilies = try CommonFamilies(share: share)
    schemes = try ActivitySchemes(share: share)
    sectors = try Sectors(share: share)
    activities = try ActivityMapping(share: share, sectors: sectors)
    sizes = try Sizes(share: share)
    publicForms = try PublicForms(share: share)
    lists = try OrganisationLists(share: share)
    accounts = try AccountRubrics(share: share)
  }

  package func forms(of country: Country) -> Nomenclature {
    country == .fr ? frenchForms : belgianForms
  }

  /// The label of an activity; nil where the scheme is only recognised, not carried.
  package func label(of activity: Activity) -> Label? {
    switch activity.scheme {
    case .nafRev2: nafRev2[Self.dotted(activity.code)]?.label
    case .nacebel2008: nacebel2008[activity.code]?.label
    case .naf2025: (naf2025[Self.dotted(activity.code)] ?? naf2025[Self.dotted(String(activity.code.prefix(4)))])?.label
    case .nacebel2025: (nacebel2025[activity.code] ?? nacebel2025[Self.dotted(activity.code)])?.label
    default: nil
    }
  }

  /// The code of an activity as its publisher prints it.
  package static func printed(_ activity: Activity) -> String {
    activity.scheme.isDotted ? dotted(activity.code) : activity.code
  }

  /// `9499Z` as it is printed: `94.99Z`.
  package static func dotted(_ code: String) -> String {
    code.count > 2 ? code.prefix(2) + "." + code.dropFirst(2) : code
  }
}

package enum Country: String, Sendable, CaseIterable {
  case fr = "FR"
  case be = "BE"
}
