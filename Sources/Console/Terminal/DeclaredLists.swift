import Diagnostics
import Exchange
import Indicators
import Territory
import Warehouse
import Wording

/// What is declared, as rows: a table or an indicator each.
extension TableBook {
  func tableList(_ words: Words) throws -> ListDocument {
    let rows = tables.map { table in
      [
        table.id, table.title[words.language], table.description[words.language], table.subject.rawValue,
        Self.joined(table.dimensions), Self.joined(table.choices), Self.joined(table.areas.map(\.rawValue)),
        Self.joined(table.columns.map(\.column.id)), Self.joined(table.sources),
      ]
    }
    return try Self.list(
      "tables", ["id", "title", "description", "subject", "dimensions", "choices", "areas", "columns", "sources"], rows,
      words)
  }

  func indicatorList(_ words: Words) throws -> ListDocument {
    let rows = indicators.map { indicator in
      [
        indicator.id, indicator.code, indicator.title[words.language], indicator.description[words.language],
        indicator.written, indicator.unit.code, indicator.grade.rawValue, indicator.nearest, indicator.confidence,
      ]
    }
    return try Self.list(
      "indicators", ["id", "code", "title", "description", "formula", "unit", "grade", "nearest", "confidence"], rows,
      words)
  }

  private static func list(
    _ id: String, _ columns: [String], _ rows: [[String]], _ words: Words
  ) throws -> ListDocument {
    ListDocument(
      id: id, title: try words.label("list.\(id)"), columns: try columns.map { try ListDocument.Column($0, words) },
      key: ["id"], source: try words.label("list.declared"), program: Builder.programVersion, count: rows.count
    ) { rows[$0] }
  }

  private static func joined(_ texts: [String]) -> String { texts.joined(separator: "|") }
}
