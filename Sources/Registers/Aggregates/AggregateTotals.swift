internal import Diagnostics

/// Does every total of a table equal the sum of its parts?
///
/// A total is compared where none of its parts is hidden; parts that are left out may be zero or secret, and those that
/// are there may then be less than the total, never more. Publishers round: half a unit a part and for the total is let
/// pass.
struct AggregateTotals {
  struct Wrong {
    let line: Int
    let facts: [String: String]
  }

  private struct Entry {
    let thousandths: Int64?
    let line: Int
  }

  private let layout: AggregateLayout
  private let places: AggregatePlaces
  private var entries: [Aggregate.Cell: Entry] = [:]
  /// The codes that the table uses, by classification: a part that is nowhere in the table is no part.
  private var activities: [String: Set<String>] = [:]
  private var families: Set<String> = []
  private var territories: Set<String> = []

  let isNeeded: Bool

  init(_ layout: AggregateLayout, _ places: AggregatePlaces, isNeeded: Bool) {
    self.layout = layout
    self.places = places
    self.isNeeded = isNeeded && !layout.totals.isEmpty
  }

  mutating func note(_ aggregate: Aggregate, line: Int) {
    guard isNeeded else { return }
    let cell = aggregate.cell
    entries[cell] = Entry(thousandths: aggregate.thousandths, line: line)
    if !cell.classification.isEmpty { activities[cell.classification, default: []].insert(cell.activity) }
    if !cell.family.isEmpty { families.insert(cell.family) }
    territories.insert(cell.territory)
  }

  func firstWrong(tolerance: Double) -> Wrong? {
    let parts = partsOfTerritories()
    var wrong: Wrong?
    for (cell, entry) in entries {
      guard let total = entry.thousandths, entry.line < wrong?.line ?? .max else { continue }
      for group in groups(cell, parts) {
        guard let (sum, isWhole) = sum(group) else { continue }
        let slack = Int64(500 * (group.count + 1)) + Int64(tolerance * Double(total))
        if sum - total > slack || isWhole && total - sum > slack {
          wrong = Wrong(line: entry.line, facts: facts(cell, total: total, sum: sum, parts: group))
          break
        }
      }
    }
    return wrong
  }

  /// By dimension, the cells that should add up to this one.
  private func groups(_ cell: Aggregate.Cell, _ parts: [String: [[String]]]) -> [[Aggregate.Cell]] {
    var groups: [[Aggregate.Cell]] = []
    if layout.totals.contains("activity"), cell.classification.isEmpty {
      for (classification, codes) in activities {
        groups.append(
          codes.map { code in
            var part = cell
            (part.classification, part.activity) = (classification, code)
            return part
          })
      }
    }
    if layout.totals.contains("family"), cell.family.isEmpty, cell.field == "ess", !families.isEmpty {
      groups.append(
        families.map { family in
          var part = cell
          part.family = family
          return part
        })
    }
    // The ESS is a part of all employers, and the rest is not in the table.
    if layout.totals.contains("field"), cell.field == "all", cell.family.isEmpty {
      var part = cell
      part.field = "ess"
      var rest = cell
      rest.field = "rest"
      groups.append([part, rest])
    }
    if layout.totals.contains("territory") {
      for codes in parts[cell.territory] ?? [] {
        groups.append(
          codes.map { code in
            var part = cell
            part.territory = code
            return part
          })
      }
    }
    return groups
  }

  /// The territories below each of the table's, where the table has them all.
  private func partsOfTerritories() -> [String: [[String]]] {
    guard layout.totals.contains("territory") else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: territories.map { code in
        (code, places.parts(of: code).filter { territories.isSuperset(of: $0) })
      })
  }

  /// The sum of those that are there, and whether they all are; nil where one is hidden, or where none is there: a
  /// table may give totals alone.
  private func sum(_ cells: [Aggregate.Cell]) -> (sum: Int64, isWhole: Bool)? {
    var sum: Int64 = 0
    var found = 0
    for cell in cells {
      guard let entry = entries[cell] else { continue }
      guard let value = entry.thousandths else { return nil }
      found += 1
      sum += value
    }
    return found > 0 ? (sum, found == cells.count) : nil
  }

  private func facts(_ cell: Aggregate.Cell, total: Int64, sum: Int64, parts: [Aggregate.Cell]) -> [String: String] {
    let what = [cell.territory, String(cell.year), cell.family, cell.activity].filter { !$0.isEmpty }
    return [
      "cell": what.joined(separator: " "), "measure": cell.measure, "total": "#\(total / 1000)",
      "sum": "#\(sum / 1000)",
      "parts": "#\(parts.count)",
      "percent": String((Double(abs(sum - total)) / Double(max(1, total)) * 1000).rounded(.up) / 10),
    ]
  }
}
