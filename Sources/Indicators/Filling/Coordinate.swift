/// Where a figure stands in the cube of a table.
struct Coordinate {
  var year: Int
  var place: Int
  /// By axis of the cube.
  var members: [Int]
  /// Of the dimensions that are parts of measures, the member that is meant.
  var parts: [String: String]
}
