package import Nomenclature
package import Wording

/// A place of the observatory at any level, written as everywhere: `FR-COM-59350`, `BE-PRO-50000`, `FR`.
package struct Territory: Sendable, Equatable {
  package enum Level: String, Sendable, CaseIterable {
    case country, region, formerRegion = "former_region", departement, province, arrondissement
    case employmentZone = "employment_zone", epci, commune
    case nuts0, nuts1, nuts2, nuts3
    /// Made to measure: a list of communes, of both countries if need be.
    case zone
  }

  package let code: String
  package let level: Level
  package let name: String
  /// The name in Dutch, where there is one of its own.
  package let dutchName: String?
  /// The name in German, where there is one of its own.
  package let germanName: String?
  /// The name in English, where there is one of its own: of countries, regions and provinces.
  package let englishName: String?
  /// The codes of the territories right above, of every kind: a commune is in an EPCI, an arrondissement…
  package internal(set) var parents: [String]
  /// Asked for on another day, it is what it holds today: nothing tells what it held then.
  package internal(set) var isOfToday = false

  /// The country that it is the whole of: `BE`, and `NUTS-BE` in the words of Eurostat.
  package var wholeCountry: Country? {
    switch level {
    case .country, .nuts0: Country(rawValue: String(code.suffix(2)))
    default: nil
    }
  }

  /// The name for a reader of that language.
  package func name(in language: Language) -> String {
    switch language {
    case .fr: name
    case .nl: dutchName ?? name
    case .en: englishName ?? name
    }
  }
}

/// A commune of today.
package struct Commune: Sendable {
  package let code: String
  /// INSEE or NIS code.
  package let official: String
  package let name: String
  package let dutchName: String?
  package let germanName: String?
  package let population: Int
  package let postcodes: [String]
  /// All the territories that hold it, from the nearest up: EPCI, arrondissement, département…, country.
  package internal(set) var ancestors: [String]
}
