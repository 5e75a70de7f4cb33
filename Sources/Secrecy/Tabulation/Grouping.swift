/// The values of an attribute, those that count in the same members taken together.
final class Grouping {
  /// By value, its group; −1 where it counts in no member.
  let groups: UnsafeMutableBufferPointer<Int32>
  /// By group, one of its values.
  let values: [Int]

  var count: Int { values.count }

  /// `isAlone`: of a value that is like no other, whatever it counts in.
  init(_ membership: Membership, isAlone: (Int) -> Bool = { _ in false }) {
    groups = .allocate(capacity: membership.valueCount)
    groups.initialize(repeating: -1)
    var values: [Int] = []
    // Most lists are short: three members fit in one number.
    var short: [UInt64: Int32] = [:]
    var long: [[UInt32]: Int32] = [:]
    for value in groups.indices {
      let list = membership.list(value)
      if list.isEmpty { continue }
      let next = Int32(values.count)
      var group = next
      if !isAlone(value) {
        if list.count <= 3, membership.count < 1 << 21 {
          let key = list.reduce(UInt64(1)) { $0 << 21 | UInt64($1) }
          group = short[key] ?? next
          if group == next { short[key] = next }
        } else {
          let key = Array(list)
          group = long[key] ?? next
          if group == next { long[key] = next }
        }
      }
      if group == next { values.append(value) }
      groups[value] = group
    }
    self.values = values
  }

  deinit { groups.deallocate() }
}
