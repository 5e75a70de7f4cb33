import Tabular

/// Memory for tables and words that are filled once and read millions of times.
///
/// Arrays inside structures cost reference counting at each reading; these pointers cost nothing.
/// They are valid as long as the arena, which `Vocabulary` and the profiles hold.
final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  func keep<T: BitwiseCopyable>(_ values: [T]) -> UnsafePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, values.count))
    for (position, value) in values.enumerated() {
      (memory + position).initialize(to: value)
    }
    blocks.append(UnsafeMutableRawPointer(memory))
    return UnsafePointer(memory)
  }

  func word(_ text: String) -> Word {
    let bytes = Array(text.utf8)
    return Word(start: keep(bytes), count: bytes.count)
  }
}

/// A few bytes in an arena.
struct Word: BitwiseCopyable {
  let start: UnsafePointer<UInt8>
  let count: Int

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
  var isEmpty: Bool { count == 0 }
}

extension CSVWriter {
  @inline(__always)
  mutating func word(_ word: Word) { bytes(word.bytes) }
}
