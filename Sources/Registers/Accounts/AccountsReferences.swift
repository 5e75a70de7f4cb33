internal import Diagnostics
internal import JSONText

/// What the web service answers to "which deposits?" (`references`): of each, the enterprise, the year and the model,
/// which the document of its figures (`accountingData`) does not say.
struct AccountsReferences {
  private var nodes: [String: JSONNode] = [:]

  init(_ documents: [SourceTable]) throws {
    for table in documents {
      try Interruption.check()
      let root = try JSONReader.read(table.bytes(atMost: AccountsDocument.largest), at: table.place)
      for node in root.elements ?? [root] where Self.isOne(node) {
        if let number = node["ReferenceNumber"]?.written, nodes[number] == nil { nodes[number] = node }
      }
    }
  }

  /// A deposit without its figures.
  static func isOne(_ node: JSONNode) -> Bool {
    node["Rubrics"] == nil && node["ReferenceNumber"] != nil && node["ExerciseDates"] != nil
  }

  subscript(number: String) -> JSONNode? { nodes[number] }
}
