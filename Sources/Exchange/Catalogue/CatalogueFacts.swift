package import Indicators
package import Wording

/// What only the observatory knows of its catalogue: who it is, where its files lie, under what terms.
package struct CatalogueFacts: Sendable {
  /// Whom to write to. Without an address, the organisation is named and no more.
  package struct Contact: Sendable, Equatable {
    package let name: String
    package let email: String?
    package let page: String?

    package init(name: String, email: String? = nil, page: String? = nil) {
      self.name = name
      self.email = email
      self.page = page
    }
  }

  /// What every address begins with.
  package let base: String
  /// The folder of the files on the Web; nil: not there yet, each has an address below the base.
  package let downloads: String
  package let publisher: Label
  package let homepage: String?
  package let contact: Contact?
  package let terms: ReuseTerms
  /// `2024-05-31`, where it is known.
  package let issued: String?
  /// How often tables are made again, by code of the European list.
  package let frequency: String

  package init(
    base: String = "urn:essor:", downloads: String? = nil, publisher: Label, homepage: String? = nil,
    contact: Contact? = nil, terms: ReuseTerms = .openLicence, issued: String? = nil, frequency: String = "ANNUAL"
  ) {
    self.base = IRI.base(base)
    self.downloads = downloads.map(IRI.base) ?? IRI.base(base) + "file/"
    self.publisher = publisher
    self.homepage = homepage.map(IRI.clean)
    self.contact = contact
    self.terms = terms
    self.issued = issued
    self.frequency = frequency
  }

  /// `urn:essor:dataset/T01`
  package func address(_ kind: String, _ code: String) -> String { "\(base)\(kind)/\(IRI.step(code))" }
  package func download(_ file: String) -> String { downloads + IRI.step(file) }
  package var catalogue: String { "\(base)catalogue" }
}

/// A table and the files that hold it.
package struct CatalogueDataset: Sendable {
  package let table: StatisticalTable
  package let files: [PublishedFile]

  package init(_ table: StatisticalTable, files: [PublishedFile]) {
    self.table = table
    self.files = files
  }

  /// The first and the last day that the figures are of, where the axis of time is made of years.
  var period: (start: String, end: String)? {
    guard let axis = table.axes.first(where: { $0.role == .time }), LongForm.isYears(axis),
      let first = axis.members.map(\.code).min(), let last = axis.members.map(\.code).max()
    else { return nil }
    return ("\(first)-01-01", "\(last)-12-31")
  }

  /// The territories that stand under no other of the table.
  var areas: [StatisticalTable.Member] {
    guard let axis = table.axes.first(where: { $0.role == .area }) else { return [] }
    let widest = axis.members.map(\.depth).min()
    return axis.members.filter { $0.depth == widest }
  }

  /// How many series: a figure each year is one.
  var seriesCount: Int {
    let years = table.axes.first { $0.role == .time }?.members.count ?? 1
    return years == 0 ? 0 : table.cells.count / years
  }
}
