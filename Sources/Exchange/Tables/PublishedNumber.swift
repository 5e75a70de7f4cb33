extension [UInt8] {
  /// A number as CSV and JSON write it: whole ones without a point, others with the fewest digits that tell them.
  mutating func append(published value: Double) {
    if value.magnitude < 9e15, let whole = Int(exactly: value) {
      append(contentsOf: String(whole).utf8)
    } else {
      append(contentsOf: value.description.utf8)
    }
  }
}
