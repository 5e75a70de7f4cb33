import Filesystem
import Nomenclature
import Registers
import Tabular

/// How a list is to be read: whose it is, and which column holds what.
struct ListReading {
  let country: Country?
  private let name: String
  private let asked: ListMapping
  /// Where the mapping of the last time is, if there was one.
  private let saved: String

  init(_ request: Importer.Request, saved: String) {
    country = request.listCountry
    name = request.listName ?? ""
    asked = request.listColumns
    self.saved = saved
  }

  /// That of the last time, with what has come to the list since, or a proposal; corrected by what was asked for.
  func mapping(_ container: Container, _ rules: ImportRules) throws -> ListMapping {
    let mapping = try proposed(container, rules)
    try rules.columns.verify(mapping, for: container)
    return mapping
  }

  private func proposed(_ container: Container, _ rules: ImportRules) throws -> ListMapping {
    let columns = try rules.columns
    if Folder.fileExists(saved) {
      return try columns.completed(ListMapping(file: saved).corrected(by: asked), for: container)
    }
    var proposal = try columns.proposal(for: container, nil, asked: asked).corrected(by: asked)
    // Where numbers name the organisations, nobody needs their places: those take a second to load.
    if !ListField.hasNumber(proposal) {
      proposal = try columns.proposal(for: container, rules.places, asked: asked).corrected(by: asked)
    }
    return proposal
  }

  func save(_ mapping: ListMapping) throws {
    let bytes = mapping.bytes(for: name)
    guard try !Folder.fileExists(saved) || Folder.contents(of: saved) != bytes else { return }
    try Folder.make(Folder.parent(of: saved))
    try Folder.write(bytes, to: saved)
  }
}

extension ListField {
  fileprivate static func hasNumber(_ mapping: ListMapping) -> Bool {
    [.siren, .siret, .bce, .number].contains { mapping.columns[$0] != nil }
  }
}
