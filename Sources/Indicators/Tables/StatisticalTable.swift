package import Secrecy
package import Wording

/// A table filled from a release: what every format, page and print is made of.
///
/// A cell is at a member of each axis and in a column. The first axis is always the territories, the second the years:
/// a table of one territory and one year has one member in each.
package struct StatisticalTable: Sendable {
  package struct Axis: Sendable {
    package enum Role: String, Sendable { case area, time, classification }

    package let id: String
    package let label: Label
    package let role: Role
    package let members: [Member]

    package init(_ id: String, _ label: Label, _ role: Role, _ members: [Member]) {
      self.id = id
      self.label = label
      self.role = role
      self.members = members
    }
  }

  package struct Member: Sendable, Equatable {
    package let code: String
    package let label: Label
    /// How deep it stands below the widest total, for indentation.
    package let depth: Int
    package let isTotal: Bool

    package init(_ code: String, _ label: Label, depth: Int = 0, isTotal: Bool = false) {
      self.code = code
      self.label = label
      self.depth = depth
      self.isTotal = isTotal
    }
  }

  package struct Column: Sendable, Equatable {
    package let id: String
    package let label: Label
    /// For the head of a narrow column.
    package let short: Label
    package let unit: Unit
    package let decimals: Int

    package init(_ id: String, _ label: Label, short: Label, _ unit: Unit, decimals: Int) {
      self.id = id
      self.label = label
      self.short = short
      self.unit = unit
      self.decimals = decimals
    }
  }

  /// What a figure is counted in: `share/indicators/units.csv`.
  package struct Unit: Sendable, Equatable {
    package let code: String
    /// `%`, `€`, or nothing.
    package let symbol: String
    package let label: Label

    package init(_ code: String, symbol: String, _ label: Label) {
      self.code = code
      self.symbol = symbol
      self.label = label
    }
  }

  /// What a reader must know to use the figures rightly.
  package struct Note: Sendable, Equatable {
    package enum Kind: String, Sendable { case figures, scope, comparability, perimeter, source, secrecy, warning }
    package let kind: Kind
    package let text: Label

    package init(_ kind: Kind, _ text: Label) {
      self.kind = kind
      self.text = text
    }
  }

  /// Where the figures come from: enough to find each again.
  package struct Origin: Sendable, Equatable {
    package struct Source: Sendable, Equatable {
      package let name: String
      package let vintage: String
      package let publisher: String
      package let sha256: [String]

      package init(_ name: String, vintage: String, publisher: String, sha256: [String]) {
        self.name = name
        self.vintage = vintage
        self.publisher = publisher
        self.sha256 = sha256
      }
    }

    package let release: String
    package let program: String
    package let isSimulated: Bool
    package let perimeter: String
    package let perimeterTitle: Label
    package let perimeterVersion: String
    package let isProvisional: Bool
    /// Options of the perimeter that differ from its own.
    package let options: [String: String]
    /// The profiles that let the figures out.
    package let secrecy: [String]
    /// Nothing was held back: for those who hold the data only.
    package let isUnprotected: Bool
    package let sources: [Source]

    package init(
      release: String, program: String, isSimulated: Bool, perimeter: String, perimeterTitle: Label,
      perimeterVersion: String, isProvisional: Bool, options: [String: String], secrecy: [String],
      isUnprotected: Bool, sources: [Source]
    ) {
      self.release = release
      self.program = program
      self.isSimulated = isSimulated
      self.perimeter = perimeter
      self.perimeterTitle = perimeterTitle
      self.perimeterVersion = perimeterVersion
      self.isProvisional = isProvisional
      self.options = options
      self.secrecy = secrecy
      self.isUnprotected = isUnprotected
      self.sources = sources
    }
  }

  package let id: String
  package let title: Label
  package let description: Label
  package let axes: [Axis]
  package let columns: [Column]
  /// In the order of the axes, the last one running fastest, then of the columns.
  package let cells: [Cell]
  package let notes: [Note]
  package let origin: Origin

  package init(
    id: String, title: Label, description: Label, axes: [Axis], columns: [Column], cells: [Cell], notes: [Note],
    origin: Origin
  ) {
    precondition(
      cells.count == axes.map(\.members.count).reduce(columns.count, *), "a cell for each place in the table")
    self.id = id
    self.title = title
    self.description = description
    self.axes = axes
    self.columns = columns
    self.cells = cells
    self.notes = notes
    self.origin = origin
  }

  /// How many rows: one for each combination of members.
  package var rowCount: Int { axes.map(\.members.count).reduce(1, *) }

  package subscript(row: Int, column: Int) -> Cell { cells[row * columns.count + column] }

  /// Which member of each axis a row is of.
  package func members(of row: Int) -> [Int] {
    var rest = row
    var found = [Int](repeating: 0, count: axes.count)
    for (position, axis) in axes.enumerated().reversed() {
      found[position] = rest % axis.members.count
      rest /= axis.members.count
    }
    return found
  }
}
