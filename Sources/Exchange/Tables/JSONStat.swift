package import Indicators
import Secrecy
package import Wording

/// A table as JSON-stat 2.0, of class dataset: every axis is a dimension, and its columns are one more.
///
/// Values stand in the order of the cells. What JSON-stat has no word for (bounds, release, perimeter, secrecy) is in
/// `extension`, with what the codes of `status` mean, as Eurostat writes it.
package struct JSONStat: Sendable {
  package let bytes: [UInt8]

  package init(_ table: StatisticalTable, _ words: Words, terms: ReuseTerms = .openLicence) {
    let language = words.language
    let origin = table.origin
    let names = table.axes.map(LongForm.name(of:))
    var json = JSONOutput(spread: false)
    json.object { json in
      json.member("version", "2.0")
      json.member("class", "dataset")
      json.member("label", table.title[language])
      json.member("source", origin.sources.map(\.cited).joined(separator: ", "))
      if let day = origin.releaseDay { json.member("updated", day) }
      json.member("note", table.notes.map { $0.text[language] })
      // What is for internal use has no terms.
      if !origin.isUnprotected {
        json.object("link") {
          $0.array("license") { json in
            json.object {
              $0.member("href", terms.address)
              $0.member("label", terms.title)
            }
          }
        }
      }
      json.member("id", names + ["measure"])
      json.array("size") {
        for axis in table.axes { $0.value(Double(axis.members.count)) }
        $0.value(Double(table.columns.count))
      }
      let roles: [(StatisticalTable.Axis.Role, String)] = [(.area, "geo"), (.time, "time")]
      json.object("role") { json in
        for (role, name) in roles {
          let dimensions = table.axes.filter { $0.role == role }.map(LongForm.name(of:))
          if !dimensions.isEmpty { json.member(name, dimensions) }
        }
        json.member("metric", ["measure"])
      }
      json.object("dimension") { json in
        for (axis, name) in zip(table.axes, names) {
          json.object(name) { Self.write(axis, language, to: &$0) }
        }
        json.object("measure") { Self.write(table.columns, words, to: &$0) }
      }
      Self.writeCells(table, to: &json)
      json.object("extension") { Self.writeRest(table, words, to: &$0) }
    }
    bytes = json.bytes
  }

  // MARK: - Dimensions

  private static func write(_ axis: StatisticalTable.Axis, _ language: Language, to json: inout JSONOutput) {
    json.member("label", axis.label[language])
    json.object("category") { json in
      json.member("index", axis.members.map(\.code))
      json.object("label") { for member in axis.members { $0.member(member.code, member.label[language]) } }
      let children = axis.children
      guard children.contains(where: { !$0.isEmpty }) else { return }
      json.object("child") {
        for (parent, parts) in children.enumerated() where !parts.isEmpty {
          $0.member(axis.members[parent].code, parts.map { axis.members[$0].code })
        }
      }
    }
  }

  private static func write(_ columns: [StatisticalTable.Column], _ words: Words, to json: inout JSONOutput) {
    let language = words.language
    json.member("label", words("export.measure"))
    json.object("category") { json in
      json.member("index", columns.map(\.id))
      json.object("label") { for column in columns { $0.member(column.id, column.label[language]) } }
      json.object("unit") { json in
        for column in columns {
          json.object(column.id) {
            $0.member("label", column.unit.label[language])
            $0.member("decimals", column.decimals)
            if !column.unit.symbol.isEmpty {
              $0.member("symbol", column.unit.symbol)
              $0.member("position", "end")
            }
          }
        }
      }
    }
  }

  // MARK: - Figures

  /// Each with its number, in the order of the cells.
  private static func forEachFigure(_ table: StatisticalTable, _ body: (Int, Figure) -> Void) {
    var position = 0
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        body(position, table.figure(row, column))
        position += 1
      }
    }
  }

  private static func writeCells(_ table: StatisticalTable, to json: inout JSONOutput) {
    json.array("value") { json in
      forEachFigure(table) { _, figure in json.value(figure.value) }
    }
    json.object("status") { json in
      forEachFigure(table) { position, figure in
        let flag = figure.cell.flag
        if !flag.isEmpty { json.member(String(position), flag) }
      }
    }
  }

  private static func writeRest(_ table: StatisticalTable, _ words: Words, to json: inout JSONOutput) {
    let origin = table.origin
    json.member("table", table.id)
    json.member("description", table.description[words.language])
    json.object("status") { json in
      json.object("label") {
        for symbol in table.cells.symbols { $0.member(symbol.rawValue, symbol.meaning(words)) }
      }
    }
    // Bounds of what is estimated or partly known; what was counted is its own.
    json.object("low") { json in
      forEachFigure(table) { position, figure in
        guard figure.cell.basis != .exact, let low = figure.low else { return }
        json.key(String(position))
        json.value(low)
      }
    }
    json.object("high") { json in
      forEachFigure(table) { position, figure in
        guard figure.cell.basis != .exact, let high = figure.high else { return }
        json.key(String(position))
        json.value(high)
      }
    }
    json.member("release", origin.release)
    json.member("program", origin.program)
    json.member("simulated", origin.isSimulated)
    json.object("perimeter") {
      $0.member("id", origin.perimeter)
      $0.member("label", origin.perimeterTitle[words.language])
      $0.member("version", origin.perimeterVersion)
      if !origin.perimeterSHA256.isEmpty { $0.member("sha256", origin.perimeterSHA256) }
      $0.member("provisional", origin.isProvisional)
      $0.object("options") { json in
        for (name, value) in origin.options.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
      }
    }
    json.member("secrecy", origin.secrecy)
    json.member("unprotected", origin.isUnprotected)
    json.array("sources") { json in
      for source in origin.sources {
        json.object {
          $0.member("name", source.name)
          $0.member("vintage", source.vintage)
          $0.member("publisher", source.publisher)
          $0.member("sha256", source.sha256)
        }
      }
    }
  }
}
