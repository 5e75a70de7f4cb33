import Filesystem

/// A SIRENE of a few rows written by hand: what a test expects of it can be counted on fingers.
package struct SmallSirene {
  package struct Unit {
    package var siren: String
    package var state = "A"
    package var form = "9220"
    package var activity = "88.99B"
    package var scheme = "NAFRev2"
    package var name = "ASSOCIATION"
    package var diffusion = "O"
    package var created = "2010-05-01"
    package var association = ""

    package init(
      _ siren: String, state: String = "A", form: String = "9220", activity: String = "88.99B",
      scheme: String = "NAFRev2", name: String = "ASSOCIATION", diffusion: String = "O",
      created: String = "2010-05-01", association: String = ""
    ) {
      self.created = created
      self.siren = siren
      self.state = state
      self.form = form
      self.activity = activity
      self.scheme = scheme
      self.name = name
      self.diffusion = diffusion
      self.association = association
    }
  }

  package struct Place {
    package var siret: String
    package var state = "A"
    package var band = "NN"
    package var employer = "O"
    package var activity = "88.99B"
    package var scheme = "NAFRev2"
    package var commune = "59350"

    package init(
      _ siret: String, state: String = "A", band: String = "NN", employer: String = "O", activity: String = "88.99B",
      scheme: String = "NAFRev2", commune: String = "59350"
    ) {
      self.siret = siret
      self.state = state
      self.band = band
      self.employer = employer
      self.activity = activity
      self.scheme = scheme
      self.commune = commune
    }
  }

  package static let year = 2023

  /// Eight digits and the ninth that makes the Luhn sum right.
  package static func siren(_ number: Int) -> String { checked("10" + padded(number, 6)) }

  /// The establishment of a unit with that number.
  package static func siret(_ siren: String, _ number: Int) -> String { checked(siren + padded(number, 4)) }

  private static func padded(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: width - String(number).count) + String(number)
  }

  private static func checked(_ digits: String) -> String {
    // The check digit stands at the right: its neighbour is the first to be doubled.
    let sum = digits.reversed().compactMap(\.wholeNumberValue).enumerated().reduce(0) { sum, item in
      let doubled = item.offset % 2 == 0 ? item.element * 2 : item.element
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return digits + String((10 - sum % 10) % 10)
  }

  package static func units(_ units: [Unit]) -> String {
    "siren,statutDiffusionUniteLegale,denominationUniteLegale,etatAdministratifUniteLegale,"
      + "categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,"
      + "trancheEffectifsUniteLegale,identifiantAssociationUniteLegale,dateDernierTraitementUniteLegale,dateCreationUniteLegale\n"
      + units.map {
        "\($0.siren),\($0.diffusion),\($0.name),\($0.state),\($0.form),\($0.activity),\($0.scheme),NN,\($0.association),2024-01-15T00:00:00,\($0.created)\n"
      }.joined()
  }

  package static func establishments(_ places: [Place]) -> String {
    "siret,statutDiffusionEtablissement,etatAdministratifEtablissement,codeCommuneEtablissement,"
      + "activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,trancheEffectifsEtablissement,"
      + "anneeEffectifsEtablissement,caractereEmployeurEtablissement,etablissementSiege,"
      + "dateDernierTraitementEtablissement\n"
      + places.map {
        "\($0.siret),O,\($0.state),\($0.commune),\($0.activity),\($0.scheme),\($0.band),\(year),\($0.employer),true,"
          + "2024-01-15T00:00:00\n"
      }.joined()
  }
}
