internal import Nomenclature

/// A file of a register that no build reads, however often it is run, and why.
package struct PassedOver: Codable, Sendable, Equatable {
  package enum Reason: String, Codable, Sendable {
    /// The other file of SIRENE is not there for the same time, and newer ones are.
    case alone
    /// Without a date it can be no older stock.
    case undated
    /// Its pair is there, and a newer file of one of the two has taken its place in the newest stock.
    case replaced
  }

  /// `sirene-units 2018-07`.
  package let file: String
  package let reason: Reason
  /// The source that it would go with; nil for a register of one file.
  package let other: String?
}

extension SourceArchive {
  /// The stock of each country that figures are made of.
  var newestStocks: [Stock] { Country.allCases.compactMap { stocks(of: $0).last } }

  /// Those before, of which the time is known.
  var olderStocks: [Stock] {
    Country.allCases.flatMap { stocks(of: $0).dropLast() }.filter { $0.vintage != Importer.undated }
  }

  /// Nil for what a build reads, and for what is no register.
  func passedOver(_ item: Item) -> PassedOver? {
    let isRead = (olderStocks + newestStocks).contains { $0.items.contains { $0.folder == item.folder } }
    guard [.sireneUnits, .sireneEstablishments, .kbo].contains(item.source), !isRead else { return nil }
    let file = "\(item.receipt.source) \(item.receipt.vintage)"
    guard item.source != .kbo else { return PassedOver(file: file, reason: .undated, other: nil) }
    let other: Source = item.source == .sireneUnits ? .sireneEstablishments : .sireneUnits
    let reason: PassedOver.Reason
    if item.receipt.vintage == Importer.undated, newest(item.source)?.folder != item.folder {
      reason = .undated
    } else {
      reason = all(other).contains { $0.receipt.vintage == item.receipt.vintage } ? .replaced : .alone
    }
    return PassedOver(file: file, reason: reason, other: other.rawValue)
  }
}
