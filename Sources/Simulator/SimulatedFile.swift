package import Nomenclature

/// A file of a simulation, known by its name: `fr/workforce_2024.csv`.
package struct SimulatedFile: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case units
    case establishments
    case kbo
    case workforce(year: Int)
    case list(String)
    /// Tables of publishers, which tell sums.
    case urssafRegions, urssafFrance, urssafCommunes
    case clapESS, clapCommunes
    case floresESS, floresAll
    case onssWorkplace, onssHeadOffice
    case vatTurnover
    /// Annual accounts, and some of them as the web service gives them.
    case accounts, accountsJSON
    /// The register of associations: those declared since 2009, and those of before.
    case associations, olderAssociations
    /// Local actors without a number, and the truth about them.
    case actors

    /// The contents of a fixed name, in the order in which they are written.
    static func fixed(of country: Country) -> [Content] {
      switch country {
      case .fr:
        [
          .units, .establishments, .urssafRegions, .urssafFrance, .urssafCommunes, .clapESS, .clapCommunes,
          .floresESS, .floresAll, .associations, .olderAssociations, .actors,
        ]
      case .be: [.kbo, .onssWorkplace, .onssHeadOffice, .vatTurnover, .accounts, .accountsJSON, .actors]
      }
    }

    /// Whether there is anything to write of these years: FLORES took the place of CLAP.
    func isPublished(in years: ClosedRange<Int>) -> Bool {
      switch self {
      case .clapESS, .clapCommunes: !EmploymentTally.yearsOfClap(years).isEmpty
      case .floresESS, .floresAll: !EmploymentTally.yearsOfFlores(years).isEmpty
      default: true
      }
    }
  }

  package let country: Country
  package let content: Content
  /// Of an older stock, the year whose 1 January it is of; the newest stands beside the folders of the others.
  package let vintage: Int?

  init(_ country: Country, _ content: Content, vintage: Int? = nil) {
    self.country = country
    self.content = content
    self.vintage = vintage
  }

  /// Reads a name back; what is not exactly one that a simulation gives is none.
  package init?(_ name: String) {
    guard let country = Country.allCases.first(where: { name.hasPrefix("\($0.folder)/") }) else { return nil }
    let rest = name.dropFirst(country.folder.count + 1)
    let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      // Only registers have older stocks.
      guard let vintage = Self.year(parts[0]), let content = Self.register(parts[1], of: country) else { return nil }
      self.init(country, content, vintage: vintage)
    } else {
      guard let content = Self.content(rest, of: country) else { return nil }
      self.init(country, content)
    }
  }

  private static func content(_ name: Substring, of country: Country) -> Content? {
    if let known = Content.fixed(of: country).first(where: { name == Self.text($0) }) { return known }
    guard name.hasSuffix(".csv"), let mark = name.firstIndex(of: "_") else { return nil }
    let word = name[name.index(after: mark)...].dropLast(".csv".count)
    switch name[..<mark] {
    case "workforce":
      return year(word).map { .workforce(year: $0) }
    case "list":
      let letters = "abcdefghijklmnopqrstuvwxyz0123456789-".utf8
      return !word.isEmpty && word.utf8.allSatisfy(letters.contains) ? .list(String(word)) : nil
    default: return nil
    }
  }

  private static func register(_ name: Substring, of country: Country) -> Content? {
    (country == .fr ? [.units, .establishments] : [.kbo]).first { name == text($0) }
  }

  /// Four digits.
  static func year(_ text: Substring) -> Int? {
    text.utf8.count == 4 && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
  }

  /// From the folder of the simulation on.
  package var name: String { "\(country.folder)/\(vintage.map { "\($0)/" } ?? "")\(Self.text(content))" }

  private static func text(_ content: Content) -> String {
    switch content {
    case .units: "StockUniteLegale_utf8.zip"
    case .establishments: "StockEtablissement_utf8.zip"
    case .kbo: "KboOpenData_Full.zip"
    case .workforce(let year): "workforce_\(year).csv"
    case .list(let name): "list_\(name).csv"
    case .urssafRegions: "urssaf_ess_regions.csv"
    case .urssafFrance: "urssaf_ess_france.csv"
    case .urssafCommunes: "urssaf_communes.csv"
    case .clapESS: "clap_ess.csv"
    case .clapCommunes: "clap_communes.csv"
    case .floresESS: "flores_ess.csv"
    case .floresAll: "flores_all.csv"
    case .onssWorkplace: "onss_workplace.csv"
    case .onssHeadOffice: "onss_head_office.csv"
    case .vatTurnover: "vat_turnover.csv"
    case .accounts: "nbb_accounts.csv"
    case .accountsJSON: "nbb_json.zip"
    case .associations: "rna_waldec.zip"
    case .olderAssociations: "rna_import.zip"
    case .actors: "list_acteurs-locaux.csv"
    }
  }
}

extension Country {
  /// Where a simulation puts the files of the country.
  var folder: String { rawValue.lowercased() }
}
