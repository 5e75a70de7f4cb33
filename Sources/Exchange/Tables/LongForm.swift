package import Indicators

/// A table with one figure a line: the columns that CSV, its metadata and Parquet share.
///
/// Codes come first, in columns named after the axes, then the figure and what it is worth, then the same codes in
/// words. The state of a figure is `value_status`, for `status` is an axis: that of workers.
package struct LongForm: Sendable {
  package struct Column: Sendable, Equatable {
    package let name: String
    package let content: Content

    init(_ name: String, _ content: Content) {
      self.name = name
      self.content = content
    }
  }

  package enum Content: Sendable, Equatable {
    case table
    case code(axis: Int)
    case measure, value, low, high, flag, status, basis, unit
    case label(axis: Int)
    case measureLabel
  }

  package let columns: [Column]
  /// The axes whose members have names of their own: years have none.
  package let labelled: [Int]

  package init(_ table: StatisticalTable) {
    labelled = table.axes.indices.filter { table.axes[$0].role != .time }
    var columns = [Column("table", .table)]
    for (position, axis) in table.axes.enumerated() {
      columns.append(Column(Self.name(of: axis), .code(axis: position)))
    }
    columns += [
      Column("measure", .measure), Column("value", .value), Column("low", .low), Column("high", .high),
      Column("flag", .flag), Column("value_status", .status), Column("basis", .basis), Column("unit", .unit),
    ]
    for axis in labelled { columns.append(Column("\(Self.name(of: table.axes[axis]))_label", .label(axis: axis))) }
    columns.append(Column("measure_label", .measureLabel))
    self.columns = columns
  }

  /// What tells one line from another.
  package var key: [String] {
    columns.compactMap { column in
      switch column.content {
      case .code, .measure: column.name
      default: nil
      }
    }
  }

  /// CSV on the Web and SQL take no hyphen in a name: `employer-size` is `employer_size`.
  package static func name(of axis: StatisticalTable.Axis) -> String {
    String(axis.id.map { $0 == "-" ? "_" : $0 })
  }

  /// Are the members of an axis whole years, to be stored as numbers?
  package static func isYears(_ axis: StatisticalTable.Axis) -> Bool {
    axis.role == .time
      && axis.members.allSatisfy { $0.code.utf8.count == 4 && $0.code.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
  }
}
