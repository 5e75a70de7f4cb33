/// Draws positions with given weights, in constant time whatever their number.
///
/// Walker's alias method, with Vose's construction: each slot holds one position and the one it
/// gives way to ("A linear algorithm for generating random numbers with a given distribution",
/// 1991).
struct Chooser: BitwiseCopyable {
  private struct Slot: BitwiseCopyable {
    /// Below this the slot's own position, else the other one.
    let limit: UInt32
    let other: UInt32
  }

  private let slots: UnsafePointer<Slot>
  let count: Int

  /// Weights are counted as they are; if all are 0 every position is as likely.
  init(_ weights: [Double], in arena: Arena) {
    count = weights.count
    let total = weights.reduce(0, +)
    let scale = total > 0 ? Double(count) / total : 0
    var scaled = weights.map { total > 0 ? $0 * scale : 1 }
    var small = scaled.indices.filter { scaled[$0] < 1 }
    var large = scaled.indices.filter { scaled[$0] >= 1 }
    var limits = [UInt32](repeating: .max, count: count)
    var others = (0..<UInt32(count)).map { $0 }
    while let less = small.popLast(), let more = large.last {
      limits[less] = UInt32(max(0, min(scaled[less] * 0x1p32, 4_294_967_295)))
      others[less] = UInt32(more)
      scaled[more] -= 1 - scaled[less]
      if scaled[more] < 1 {
        large.removeLast()
        small.append(more)
      }
    }
    slots = arena.keep(zip(limits, others).map { Slot(limit: $0, other: $1) })
  }

  func pick(_ draws: inout Draws) -> Int {
    let draw = draws.next()
    let position = Int(((draw >> 32) &* UInt64(count)) >> 32)
    let slot = slots[position]
    return UInt32(truncatingIfNeeded: draw) <= slot.limit ? position : Int(slot.other)
  }
}
