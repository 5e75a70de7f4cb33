internal import Diagnostics

/// The names that a formula may use: what it computes from must be there.
struct FormulaNames {
  private let measures: Set<String>
  private let members: MemberBook
  private let indicators: Set<String>
  private let parameters: Set<String>
  private let leftOut: [String: String]

  /// `leftOut`: indicators whose file is wrong, with the file.
  init(
    _ book: MeasureBook, indicators: Set<String>, parameters: Set<String> = [], leftOut: [String: String] = [:]
  ) {
    measures = Set(book.measures.map(\.id))
    members = book.members
    self.indicators = indicators
    self.parameters = parameters
    self.leftOut = leftOut
  }

  /// What is wrong with the first name that is none; nil where all are known.
  func fault(of formula: Formula) -> FormulaParser.Fault? {
    for reference in formula.references {
      let known = measures.union(indicators).union(parameters).union(["years"])
      if !known.contains(reference.name) {
        if let file = leftOut[reference.name] {
          return .init(code: "formula.left_out", facts: ["name": reference.name, "file": file])
        }
        return Self.unknown(reference.name, known)
      }
      for selector in reference.selectors {
        if selector.dimension == "given" {
          if !measures.contains(selector.member) { return Self.unknown(selector.member, measures) }
        } else if let fault = dimension(selector.dimension) ?? member(selector) {
          return fault
        }
      }
    }
    for name in formula.spans {
      if let fault = dimension(name) { return fault }
    }
    return nil
  }

  private static func unknown(_ name: String, _ known: Set<String>) -> FormulaParser.Fault {
    .init(code: "formula.unknown", facts: ["name": name, "nearest": nearest(to: name, among: known.sorted()) ?? ""])
  }

  /// Of nobody: the figure would be a zero, for ever and in silence.
  private func member(_ selector: Formula.Selector) -> FormulaParser.Fault? {
    let name = selector.member
    guard let known = members.known(instead: name, of: selector.dimension) else { return nil }
    // Who abbreviates a code is meant to have said its beginning.
    let begun = known.first { $0.hasPrefix(name) }
    return .init(
      code: "formula.member",
      facts: [
        "name": name, "dimension": selector.dimension,
        "nearest": begun ?? nearest(to: name, among: known) ?? "",
        "known": known.prefix(Self.most).joined(separator: ", ") + (known.count > Self.most ? "…" : ""),
      ])
  }

  /// Members that are told to whoever named another.
  private static let most = 30

  private func dimension(_ name: String) -> FormulaParser.Fault? {
    let known = TableDeclaration.knownDimensions + ["year", "sector", "given"]
    if known.contains(name) { return nil }
    return .init(
      code: "share.unknown_name",
      facts: [
        "column": "formula", "name": name, "known": known.joined(separator: ", "),
        "nearest": nearest(to: name, among: known) ?? "",
      ])
  }
}
