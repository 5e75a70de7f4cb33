internal import Filesystem
internal import Glibc

/// The finest groups of a question: rows of facts that count in the same cells, each with the same part.
///
/// A cell is a sum of leaves, and a row is read into one leaf only, however many totals it counts in.
struct Leaves {
  /// A cell that a leaf counts in, by its key without the year, and how much of the leaf does, in millionths.
  struct Share {
    let key: Int
    let part: Int64
  }

  /// What tells the rows of one dimension apart.
  private struct Axis {
    enum Column {
      case narrow(UnsafeBufferPointer<UInt8>)
      case wide(UnsafeBufferPointer<UInt32>)
    }

    let column: Column
    let groups: UnsafeMutableBufferPointer<Int32>
    let groupCount: Int

    @inline(__always)
    func value(_ row: Int) -> Int {
      switch column {
      case .narrow(let column): Int(column[row])
      case .wide(let column): Int(column[row])
      }
    }
  }

  /// Where the values of one dimension count.
  private struct Reach {
    let grouping: Grouping
    let membership: Membership
    /// Of a cell's key.
    let stride: Int
  }

  private let places: Places
  private let placeGroups: Grouping
  private let perPlace: Int
  private let communes: UnsafeBufferPointer<UInt32>
  private let axes: [Axis]
  private let reaches: [Reach]
  private var seats: SeatRelations?

  /// By the number of a group in every axis, its leaf plus one; the table is touched only where there are rows.
  private let dense: UnsafeMutableBufferPointer<UInt32>?
  private var sparse: [Int: UInt32] = [:]

  private(set) var count = 0
  private var shares: [Share] = []
  private var starts = [0]

  init(_ facts: Facts, _ question: Question) {
    let (places, weights) = (question.places, question.places.weights)
    // Communes in part are each like no other.
    let placeGroups = Grouping(places.membership) { commune in
      !weights.isEmpty && places.membership.range(commune).contains { weights[$0] != Places.whole }
    }
    var (axes, reaches, seats): ([Axis], [Reach], SeatRelations?) = ([], [], nil)
    var stride = 1
    var combinations = placeGroups.count
    for dimension in question.dimensions.reversed() {
      func axis(_ column: Axis.Column) {
        let grouping = Grouping(dimension.membership)
        axes.append(Axis(column: column, groups: grouping.groups, groupCount: grouping.count))
        reaches.append(Reach(grouping: grouping, membership: dimension.membership, stride: stride))
        combinations = combinations.multipliedReportingOverflow(by: max(1, grouping.count)).partialValue
      }
      switch dimension.attribute {
      case .rowClass: axis(.wide(facts.rowClass.raw))
      case .division: axis(.narrow(facts.division.raw))
      case .size: axis(.narrow(facts.size.raw))
      case .trait: axis(.narrow(facts.trait.raw))
      case .commune: axis(.wide(facts.commune.raw))
      case .seat: seats = SeatRelations(facts, places, placeGroups, dimension.membership, stride: stride)
      }
      stride *= dimension.count
    }
    (self.places, self.placeGroups, communes) = (places, placeGroups, facts.commune.raw)
    (self.axes, self.reaches, self.seats, perPlace) = (axes, reaches, seats, stride)
    dense = seats == nil && (0...Self.mostDense).contains(combinations) ? Self.zeros(combinations) : nil
  }

  /// A quarter of a gigabyte of addresses, of which only those in use are ever memory.
  private static let mostDense = 1 << 26

  /// Nil where the machine has no room for them: leaves are then found the slower way.
  private static func zeros(_ count: Int) -> UnsafeMutableBufferPointer<UInt32>? {
    guard let start = calloc(max(1, count), MemoryLayout<UInt32>.stride) else { return nil }
    return UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt32.self), count: count)
  }

  func deallocate() { free(dense?.baseAddress) }

  /// The leaf of a row; nil where it counts in no cell.
  @inline(__always)
  mutating func leaf(of row: Int) -> Int? {
    let place = placeGroups.groups[Int(communes[row])]
    if place < 0 { return nil }
    var number = Int(place)
    for axis in axes {
      let group = axis.groups[axis.value(row)]
      if group < 0 { return nil }
      number = number &* axis.groupCount &+ Int(group)
    }
    if let dense {
      let known = dense[number]
      return known > 0 ? Int(known) - 1 : open(number, row)
    }
    if seats != nil {
      guard let relation = seats?.relation(of: row, placeGroup: place) else { return nil }
      number = number &* SeatRelations.most &+ relation
    }
    return sparse[number].map { Int($0) - 1 } ?? open(number, row)
  }

  func shares(of leaf: Int) -> ArraySlice<Share> { shares[starts[leaf]..<starts[leaf + 1]] }

  /// A leaf that has its first row.
  private mutating func open(_ number: Int, _ row: Int) -> Int {
    let commune = Int(communes[row])
    var found = places.membership.range(commune).map { position in
      Share(
        key: Int(places.membership.members[position]) * perPlace,
        part: places.weights.isEmpty ? Places.whole : places.weights[position])
    }
    for (axis, reach) in zip(axes, reaches) {
      let members = reach.membership.list(axis.value(row))
      found = found.flatMap { share in
        members.map { Share(key: share.key + Int($0) * reach.stride, part: share.part) }
      }
    }
    if let seats {
      found = found.flatMap { share in
        seats.members(of: row, place: share.key / perPlace).map {
          Share(key: share.key + Int($0) * seats.stride, part: share.part)
        }
      }
    }
    shares += found
    starts.append(shares.count)
    count += 1
    if let dense { dense[number] = UInt32(count) } else { sparse[number] = UInt32(count) }
    return count - 1
  }
}
