package import Nomenclature

/// A file of a simulation, known by its name: `fr/workforce_2024.csv`.
package struct SimulatedFile: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case units
    case establishments
    case kbo
    case workforce(year: Int)
    case list(String)
  }

  package let country: Country
  package let content: Content

  init(_ country: Country, _ content: Content) {
    self.country = country
    self.content = content
  }

  /// Reads a name back; what is not exactly one that a simulation gives is none.
  package init?(_ name: String) {
    guard let country = Country.allCases.first(where: { name.hasPrefix("\($0.folder)/") }),
      let content = Self.content(name.dropFirst(country.folder.count + 1), of: country)
    else { return nil }
    self.init(country, content)
  }

  private static func content(_ name: Substring, of country: Country) -> Content? {
    for known: Content in country == .fr ? [.units, .establishments] : [.kbo] where name == Self.text(known) {
      return known
    }
    guard name.hasSuffix(".csv"), let mark = name.firstIndex(of: "_") else { return nil }
    let word = name[name.index(after: mark)...].dropLast(".csv".count)
    switch name[..<mark] {
    case "workforce":
      guard word.utf8.count == 4, word.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
        return nil
      }
      return Int(word).map { .workforce(year: $0) }
    case "list":
      let letters = "abcdefghijklmnopqrstuvwxyz0123456789-".utf8
      return !word.isEmpty && word.utf8.allSatisfy(letters.contains) ? .list(String(word)) : nil
    default: return nil
    }
  }

  /// From the folder of the simulation on.
  package var name: String { "\(country.folder)/\(Self.text(content))" }

  private static func text(_ content: Content) -> String {
    switch content {
    case .units: "StockUniteLegale_utf8.zip"
    case .establishments: "StockEtablissement_utf8.zip"
    case .kbo: "KboOpenData_Full.zip"
    case .workforce(let year): "workforce_\(year).csv"
    case .list(let name): "list_\(name).csv"
    }
  }
}

extension Country {
  /// Where a simulation puts the files of the country.
  var folder: String { rawValue.lowercased() }
}
