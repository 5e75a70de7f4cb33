import Tabular
import Territory

/// The position of a French commune by the five bytes of its code: one addition and one look-up a row.
struct PlaceIndex {
  private var positions: [UInt64: Int32] = [:]

  init(_ book: TerritoryBook) {
    positions.reserveCapacity(book.french.count)
    for (code, index) in book.french { positions[Stage.packed(code)] = Int32(index) }
  }

  /// −1 where the code is no commune of today.
  subscript(commune: Field) -> Int32 {
    guard let packed = commune.packed else { return -1 }
    return positions[packed] ?? -1
  }
}
