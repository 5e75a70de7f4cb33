internal import Diagnostics
internal import Filesystem
internal import Nomenclature
internal import Tabular
internal import Wording

/// The layouts that Essor knows, and the words that publishers write in their cells.
package struct AggregateLayouts: Sendable {
  package let layouts: [AggregateLayout]
  /// By role and folded text, the code it stands for.
  private let values: [String: [String: String]]

  package init(share: String) throws {
    let folder = "\(share)/sources"
    layouts = try Folder.names(in: folder).filter { $0.hasSuffix(".csv") && $0 != "values.csv" }.sorted()
      .map { try AggregateLayout("\(folder)/\($0)") }
    let table = try DeclaredTable("\(folder)/values.csv", columns: ["role", "text", "code"])
    var values: [String: [String: String]] = [:]
    for entry in table.entries {
      values[entry["role"], default: [:]][entry["text"].folded] = entry["code"]
    }
    self.values = values
  }

  package subscript(id: String) -> AggregateLayout? { layouts.first { $0.id == id } }

  /// The code of what Essor knows and does not have: a level of territories, an activity.
  static let other = "-other"

  /// What a cell of some role says; nil where the text is not known.
  func code(_ role: String, _ text: String) -> String? { values[role]?[text.folded] }

  /// The layout of a table of this source: the one of which every column is there, the largest if there are several.
  func recognise(_ columns: [String], source: String, at place: Place) throws(Problem) -> AggregateLayout {
    let folded = columns.map(AggregateColumns.folded)
    func isAnother(_ layout: AggregateLayout) -> Bool { layout.foreign.contains(where: folded.contains) }
    let fitting = layouts.filter { layout in
      !isAnother(layout) && missing(layout, folded).isEmpty
    }
    func isSmaller(_ a: AggregateLayout, _ b: AggregateLayout) -> Bool {
      a.columns.count { !$0.isOptional } < b.columns.count { !$0.isOptional }
    }
    if let found = fitting.filter({ $0.source == source }).max(by: isSmaller) { return found }
    var place = place
    place.line = 1
    if let other = fitting.max(by: isSmaller)?.source
      ?? SourceSignature.recognise(columns)
    {
      throw Problem("register.other_source", at: place, ["expected": source, "found": other])
    }
    // The layout that comes nearest says what is missing.
    let own = layouts.filter { $0.source == source }
    let possible = own.filter { !isAnother($0) }
    let nearestLayout = (possible.isEmpty ? own : possible).min {
      missing($0, folded).count < missing($1, folded).count
    }
    let lacking = nearestLayout.map { missing($0, folded) } ?? []
    throw Problem(
      "aggregate.no_layout", at: place,
      [
        "source": source, "columns": lacking.joined(separator: ", "), "layout": nearestLayout?.id ?? "–",
        "known": own.map(\.id).joined(separator: ", "),
        "nearest": lacking.first.flatMap { nearest(to: $0, among: folded) } ?? "",
      ])
  }

  private func missing(_ layout: AggregateLayout, _ folded: [String]) -> [String] {
    let absent = layout.columns.filter { !AggregateColumns.holds($0, folded) }
    let lacking = absent.filter { !$0.isOptional }
    // Where every measure may be missing, one is there all the same.
    let there = layout.columns.filter { column in !absent.contains { $0.line == column.line } }
    let figures = AggregateLayout.tellsFigures(there) ? nil : absent.first { AggregateLayout.tellsFigures([$0]) }
    return (lacking + [figures].compactMap(\.self).filter(\.isOptional)).map { $0.names.first ?? "" }
  }
}
