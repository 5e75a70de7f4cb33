import Diagnostics

/// The features of a file with what is said of each.
package struct Layer: Sendable {
  /// The names of what is said, in the order of the file.
  package var columns: [String] = []
  package var features: [Feature] = []
  /// What the file says of its coordinates; nil where it says nothing.
  package var reference: SpatialReference?
  /// What is wrong with the first feature that is no surface, or damaged. It has no shape; the others are read.
  var fault: Problem?

  package init() {}

  package struct Feature: Sendable {
    /// Nil where the file gives none.
    package var shape: Shape?
    /// By the names of the columns; what is null is not there.
    package var values: [String: String]
    /// Where it stands: a line of a text, otherwise its rank from one.
    package var line: Int

    package init(_ shape: Shape?, _ values: [String: String], line: Int) {
      (self.shape, self.values, self.line) = (shape, values, line)
    }
  }

  /// The columns that `add` has met: asked of each value of each feature.
  private var met: Set<String> = []
  /// More than any program writes; every column is looked at for the codes.
  static let mostColumns = 4000

  /// Adds a feature with the columns that it has; false where there are more than any file has.
  mutating func add(_ feature: Feature, columns names: [String]) -> Bool {
    for name in names where met.insert(name).inserted { columns.append(name) }
    features.append(feature)
    return columns.count <= Self.mostColumns
  }
}

/// A system of coordinates, as PROJ understands it: `EPSG:31370`, or a definition in its own words.
package struct SpatialReference: Sendable, Hashable {
  package let definition: String

  package init(_ definition: String) { self.definition = definition }
  package init(epsg code: Int) { definition = "EPSG:\(code)" }

  /// Longitude and latitude of the world, in degrees.
  package static let world = SpatialReference(epsg: 4326)
  /// Lambert azimuthal equal area of Europe: areas are true, wherever on Earth.
  package static let equalArea = SpatialReference(epsg: 3035)
}
