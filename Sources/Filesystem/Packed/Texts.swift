package import Diagnostics

/// Texts in a packed file, by their positions; a text is made when it is asked for.
package struct Texts: Sendable {
  private let starts: PackedNumbers<UInt32>
  private let bytes: PackedNumbers<UInt8>

  init(_ starts: PackedNumbers<UInt32>, _ bytes: PackedNumbers<UInt8>) throws(Problem) {
    guard starts.count > 0 else { throw starts.damage }
    self.starts = starts
    self.bytes = bytes
  }

  package var count: Int { starts.count - 1 }

  package func bytes(at position: Int) throws(Problem) -> UnsafeBufferPointer<UInt8> {
    try starts.group(position, of: bytes).raw
  }

  package subscript(position: Int) -> String {
    get throws(Problem) { String(decoding: try bytes(at: position), as: UTF8.self) }
  }

  /// The first position whose text is not before `text`, byte by byte: the texts must be in that order.
  package func lowerBound(_ text: some Collection<UInt8>) throws(Problem) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if try bytes(at: middle).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Texts on their way into a packed file.
package struct TextsBuilder: Sendable {
  package private(set) var starts: [UInt32] = [0]
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var count: Int { starts.count - 1 }

  package mutating func add(_ text: String) { add(text.utf8) }

  package mutating func add(_ text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    starts.append(UInt32(bytes.count))
  }
}
