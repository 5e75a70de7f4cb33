import Diagnostics
import Tabular

/// What associations declare: their purposes, and the communes of before where some still have their seat.
struct AssociationWords {
  private let purposes: [(code: String, text: String)]
  private let purposeChooser: Chooser
  private let gone: [String: [String]]

  init(_ folder: String, arena: Arena) throws {
    let table = try DeclaredTable(
      "\(folder)/association-purposes.csv", columns: ["code", "text", "weight"],
      properties: ["id", "source", "confidence"])
    purposes = table.entries.map { ($0["code"], $0["text"]) }
    purposeChooser = Chooser(try table.entries.map { try $0.number("weight", in: table) }, in: arena)
    let communes = try DeclaredTable(
      "\(folder)/fr-former-communes.csv", columns: ["code", "name", "successor"],
      properties: ["id", "source", "confidence"])
    gone = Dictionary(grouping: communes.entries) { $0["successor"] }.mapValues { $0.map { $0["code"] } }
  }

  func purpose(_ draws: inout Draws) -> (code: String, text: String) { purposes[purposeChooser.pick(&draws)] }

  /// A commune of before that this one took over; nothing where none is known.
  func former(of commune: String, _ draws: inout Draws) -> String? {
    gone[commune].map { $0[draws.below($0.count)] }
  }
}
