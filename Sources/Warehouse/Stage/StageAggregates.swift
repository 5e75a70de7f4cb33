import Diagnostics
import DuckStore
import Nomenclature
import Registers
import Tabular

/// Publishers' tables into the stage, as they are: nothing is added up, neither here nor with the units.
struct StageAggregates {
  let stage: Stage
  let layouts: AggregateLayouts

  static let schema = """
    CREATE TABLE aggregate(source VARCHAR, layout VARCHAR, vintage VARCHAR, territory VARCHAR, year INTEGER, quarter UTINYINT,
      field VARCHAR, family VARCHAR, classification VARCHAR, activity VARCHAR, measure VARCHAR, value BIGINT, secret BOOLEAN)
    """

  func read(_ item: SourceArchive.Item) throws {
    let container = try item.open()
    let table = try AggregateTable(
      { try ImportRules.tableStream(container) }, source: item.source.rawValue, layouts, stage.books.nomenclatures,
      stage.books.territories)
    let appender = try stage.store.appender(
      "aggregate",
      [.text, .text, .text, .text, .integer32, .integer8, .text, .text, .text, .text, .text, .integer64, .boolean])
    // The file was checked when it was imported, its totals with the tolerance that was asked for then.
    _ = try table.read(expectedYear: item.receipt.wantedYear, tolerance: nil) { aggregate in
      let cell = aggregate.cell
      appender.add(item.source.rawValue)
      appender.add(table.layout.id)
      appender.add(item.receipt.vintage)
      appender.add(cell.territory)
      appender.add(Int32(cell.year))
      appender.add(UInt8(cell.quarter))
      appender.add(cell.field)
      appender.add(cell.family)
      appender.add(cell.classification)
      appender.add(cell.activity)
      appender.add(cell.measure)
      if let value = aggregate.thousandths { appender.add(value) } else { appender.addNull() }
      appender.add(aggregate.isSecret)
      try appender.endRow()
    }
    try appender.finish()
  }
}
