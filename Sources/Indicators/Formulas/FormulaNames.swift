internal import Diagnostics

/// The names that a formula may use: what it computes from must be there.
struct FormulaNames {
  let measures: Set<String>
  let indicators: Set<String>
  var parameters: Set<String> = []

  /// What is wrong with the first name that is none; nil where all are known.
  func fault(of formula: Formula) -> FormulaParser.Fault? {
    for reference in formula.references {
      let known = measures.union(indicators).union(parameters).union(["years"])
      if !known.contains(reference.name) { return Self.unknown(reference.name, known) }
      for selector in reference.selectors {
        if selector.dimension == "given" {
          if !measures.contains(selector.member) { return Self.unknown(selector.member, measures) }
        } else if let fault = dimension(selector.dimension) {
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
