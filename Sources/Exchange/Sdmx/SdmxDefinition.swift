package import Indicators
package import Wording

/// How a table is laid out in SDMX: its axes in their order, then what is measured, then the time.
///
/// There is no FREQ: a figure is of a year, and a table by quarters says so in a dimension of its own.
package struct SdmxDefinition: Sendable {
  package struct Dimension: Sendable {
    package enum Place: Sendable, Equatable { case axis(Int), measure, time(Int) }

    package let id: String
    package let label: Label
    /// Nil: a time, which is from no list.
    package let list: String?
    let place: Place
  }

  package static let measure = "MEASURE"
  package static let value = "OBS_VALUE"

  package let table: StatisticalTable
  package let dimensions: [Dimension]
  /// Which axis is the time, where there is one.
  let time: Int?
  /// Codes of the members of each axis and of the columns, made once.
  private let codes: [[String]]
  private let columns: [String]

  package init(_ table: StatisticalTable, measure: Label) {
    var dimensions: [Dimension] = []
    for (position, axis) in table.axes.enumerated() where axis.role != .time {
      let id = Self.id(of: axis)
      dimensions.append(.init(id: id, label: axis.label, list: SdmxID.list(id), place: .axis(position)))
    }
    dimensions.append(
      .init(id: Self.measure, label: measure, list: SdmxID.measures(of: table.id), place: .measure))
    time = table.axes.firstIndex { $0.role == .time }
    if let time {
      dimensions.append(.init(id: "TIME_PERIOD", label: table.axes[time].label, list: nil, place: .time(time)))
    }
    self.table = table
    self.dimensions = dimensions
    codes = table.axes.map { axis in
      axis.members.map { axis.role == .time ? $0.code : SdmxID.code($0.code) }
    }
    columns = table.columns.map { SdmxID.code($0.id) }
  }

  static func id(of axis: StatisticalTable.Axis) -> String {
    switch axis.role {
    case .area: "REF_AREA"
    case .time: "TIME_PERIOD"
    case .classification: SdmxID.concept(axis.id)
    }
  }

  /// The code of a dimension, where a figure is.
  func code(_ dimension: Dimension, _ members: [Int], column: Int) -> String {
    switch dimension.place {
    case .axis(let axis), .time(let axis): codes[axis][members[axis]]
    case .measure: columns[column]
    }
  }

  /// Its name, where a figure is.
  func label(_ dimension: Dimension, _ members: [Int], column: Int) -> Label {
    switch dimension.place {
    case .axis(let axis), .time(let axis): table.axes[axis].members[members[axis]].label
    case .measure: table.columns[column].label
    }
  }
}
