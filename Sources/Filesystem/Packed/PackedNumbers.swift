package import Diagnostics

/// An array of numbers in a packed file, only read: what lies beyond it is a sign of damage.
package struct PackedNumbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// For loops over all of it; it is there as long as the file is.
  package let raw: UnsafeBufferPointer<Element>
  @usableFromInline let file: MappedFile

  @usableFromInline
  init(_ raw: UnsafeBufferPointer<Element>, of file: MappedFile) {
    self.raw = raw
    self.file = file
  }

  @inlinable package var count: Int { raw.count }

  package var damage: Problem { Problem("packed.damaged", at: Place(file: file.path)) }

  @inlinable
  package func at(_ position: Int) throws(Problem) -> Element {
    guard position >= 0, position < raw.count else { throw damage }
    return raw[position]
  }

  @inlinable
  package func slice(_ start: Int, _ end: Int) throws(Problem) -> PackedNumbers<Element> {
    guard start >= 0, start <= end, end <= raw.count else { throw damage }
    return PackedNumbers(UnsafeBufferPointer(rebasing: raw[start..<end]), of: file)
  }
}

extension PackedNumbers<UInt32> {
  /// The numbers of a group, where this array says at which positions of another the groups begin.
  @inlinable
  package func group<Member: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ number: Int, of all: PackedNumbers<Member>
  ) throws(Problem) -> PackedNumbers<Member> {
    try all.slice(Int(at(number)), Int(at(number + 1)))
  }
}
