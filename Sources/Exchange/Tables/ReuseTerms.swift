/// Under what terms figures may be used again.
package struct ReuseTerms: Sendable, Equatable {
  package let title: String
  package let address: String

  package init(title: String, address: String) {
    self.title = title
    self.address = address
  }

  /// What public bodies of France and of the Walloon Region give their figures under; CC BY 4.0 allows the same.
  package static let openLicence = ReuseTerms(
    title: "Licence Ouverte 2.0", address: "https://www.etalab.gouv.fr/licence-ouverte-open-licence")
}
