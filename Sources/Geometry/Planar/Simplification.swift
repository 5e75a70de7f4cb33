extension PlanarMap {
  /// The same surfaces with fewer points: a point goes when the triangle that it makes with its neighbours is smaller
  /// than one whose base and height are the tolerance (Visvalingam), the smallest first.
  ///
  /// An arc is simplified once, for both its sides, and its ends stay. A point stays, too, where its triangle holds
  /// another point of the map: then, and only then, could lines come to cross or rings collapse.
  package func simplified(tolerance: Double) -> PlanarMap {
    guard tolerance > 0 else { return self }
    let limit = tolerance / grid.step
    var work = Simplification(self, limit: Int((limit * limit).rounded()))
    work.run()
    return work.result(of: self)
  }
}

/// The points of a map while some of them are taken away.
private struct Simplification {
  private let points: [GridPoint]
  private var previous: [Int32]
  private var next: [Int32]
  private var isAlive: [Bool]
  private let arcOf: [Int32]
  /// How many points each arc still has, both ends counted.
  private var lengths: [Int]
  private let isClosed: [Bool]
  /// Between which ends a straight arc lies: two of them would enclose nothing.
  private var straight: Set<Ends> = []
  private let limit: Int
  private var index: PointIndex
  private var queue = SmallestFirst()

  private struct Ends: Hashable {
    let low: GridPoint
    let high: GridPoint
    init(_ a: GridPoint, _ b: GridPoint) { (low, high) = a < b ? (a, b) : (b, a) }
  }

  init(_ map: PlanarMap, limit: Int) {
    points = map.points
    self.limit = limit
    previous = [Int32](repeating: -1, count: points.count)
    next = previous
    isAlive = [Bool](repeating: true, count: points.count)
    var arcOf = [Int32](repeating: 0, count: points.count)
    var isClosed: [Bool] = []
    lengths = []
    for arc in 0..<map.arcCount {
      let (start, end) = (Int(map.starts[arc]), Int(map.starts[arc + 1]))
      for at in start..<end {
        arcOf[at] = Int32(arc)
        if at > start, at + 1 < end {
          previous[at] = Int32(at - 1)
          next[at] = Int32(at + 1)
        }
      }
      lengths.append(end - start)
      isClosed.append(points[start] == points[end - 1])
      if end - start == 2 { straight.insert(Ends(points[start], points[end - 1])) }
    }
    self.arcOf = arcOf
    self.isClosed = isClosed
    index = PointIndex(points)
  }

  mutating func run() {
    for at in points.indices where next[at] >= 0 { offer(at) }
    var blocked: [Int] = []
    while true {
      var removed = 0
      while let (size, at) = queue.take() {
        // One that has changed since waits anew, if it is still small.
        guard isAlive[at], self.size(at) == size else { continue }
        if canGo(at) {
          remove(at)
          removed += 1
        } else {
          blocked.append(at)
        }
      }
      // What stood in the way may be gone.
      guard removed > 0, !blocked.isEmpty else { return }
      for at in blocked where isAlive[at] { offer(at) }
      blocked.removeAll(keepingCapacity: true)
    }
  }

  private func corners(_ at: Int) -> (GridPoint, GridPoint, GridPoint) {
    (points[Int(previous[at])], points[at], points[Int(next[at])])
  }

  private func size(_ at: Int) -> Int {
    let (a, b, c) = corners(at)
    return abs(GridPoint.cross(a, b, c))
  }

  private mutating func offer(_ at: Int) {
    let size = size(at)
    if size < limit { queue.add(at, size: size) }
  }

  private func canGo(_ at: Int) -> Bool {
    let arc = Int(arcOf[at])
    if isClosed[arc], lengths[arc] <= 4 { return false }
    let (a, b, c) = corners(at)
    if !isClosed[arc], lengths[arc] == 3, straight.contains(Ends(a, c)) { return false }
    return !index.holdsOther(a, b, c)
  }

  private mutating func remove(_ at: Int) {
    let (before, after) = (Int(previous[at]), Int(next[at]))
    let arc = Int(arcOf[at])
    isAlive[at] = false
    index.remove(at)
    lengths[arc] -= 1
    if lengths[arc] == 2 { straight.insert(Ends(points[before], points[after])) }
    if next[before] >= 0 {
      next[before] = Int32(after)
      offer(before)
    }
    if next[after] >= 0 {
      previous[after] = Int32(before)
      offer(after)
    }
  }

  func result(of map: PlanarMap) -> PlanarMap {
    var kept: [GridPoint] = []
    var starts: [Int32] = [0]
    for arc in 0..<map.arcCount {
      for at in Int(map.starts[arc])..<Int(map.starts[arc + 1]) where isAlive[at] { kept.append(points[at]) }
      starts.append(Int32(kept.count))
    }
    return PlanarMap(
      grid: map.grid, count: map.count, points: kept, starts: starts, left: map.left, right: map.right)
  }
}

/// The points whose turn it may be, by the size of their triangles; a point may wait more than once.
private struct SmallestFirst {
  private var heap: [(size: Int, at: Int)] = []

  mutating func add(_ at: Int, size: Int) {
    heap.append((size, at))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func take() -> (size: Int, at: Int)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
