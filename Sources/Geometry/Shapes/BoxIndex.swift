/// Boxes, asked which of them meet another: sorted by their western sides, each stretch with how far east it reaches.
package struct BoxIndex: Sendable {
  private let boxes: [Box]
  /// From west to east; the one in the middle of a stretch divides it.
  private let order: [Int]
  /// For the stretch that each divides, its easternmost side.
  private var reach: [Double]

  package init(_ boxes: [Box]) {
    self.boxes = boxes
    order = boxes.indices.sorted { (boxes[$0].west, $0) < (boxes[$1].west, $1) }
    reach = [Double](repeating: -.infinity, count: boxes.count)
    measure(boxes.indices)
  }

  @discardableResult
  private mutating func measure(_ stretch: Range<Int>) -> Double {
    guard !stretch.isEmpty else { return -.infinity }
    let middle = (stretch.lowerBound + stretch.upperBound) / 2
    let before = measure(stretch.lowerBound..<middle)
    let after = measure(middle + 1..<stretch.upperBound)
    reach[middle] = max(boxes[order[middle]].east, before, after)
    return reach[middle]
  }

  /// Those that the box meets or touches, in their own order.
  package func meeting(_ box: Box) -> [Int] {
    var found: [Int] = []
    collect(boxes.indices, box, &found)
    return found.sorted()
  }

  private func collect(_ stretch: Range<Int>, _ box: Box, _ found: inout [Int]) {
    guard !stretch.isEmpty else { return }
    let middle = (stretch.lowerBound + stretch.upperBound) / 2
    guard reach[middle] >= box.west else { return }
    collect(stretch.lowerBound..<middle, box, &found)
    let one = boxes[order[middle]]
    // Those that follow begin further east.
    guard one.west <= box.east else { return }
    if one.intersects(box) { found.append(order[middle]) }
    collect(middle + 1..<stretch.upperBound, box, &found)
  }
}
