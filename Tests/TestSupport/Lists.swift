import Filesystem
package import Matching
package import Nomenclature
package import Registers
package import Tabular
package import Territory

/// The rules by which lists are read and matched, loaded once for all tests.
package enum ListRules {
  private static let matchingResult = Result { try MatchingRules(share: Checkout.installation.share) }
  private static let placesResult = Result { AddressPlaces(try Checkout.territories) }

  package static var matching: MatchingRules { get throws { try matchingResult.get() } }
  package static var places: AddressPlaces { get throws { try placesResult.get() } }
  package static var columns: ListColumns {
    get throws { try ListColumns(share: Checkout.installation.share, matching.words) }
  }
}

/// The rows of a list, its columns found by their names.
package func readList(_ container: Container, of country: Country? = nil) throws -> (
  entries: [ListFile.Entry], account: Reconciliation
) {
  var entries: [ListFile.Entry] = []
  let mapping = try ListRules.columns.proposal(for: container, nil)
  let account = try ListFile(container, mapping).read(of: country) { entries.append($0) }
  return (entries, account)
}
