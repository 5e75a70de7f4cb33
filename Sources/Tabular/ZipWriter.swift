package import Diagnostics
package import Filesystem
import Dispatch
import Synchronization

/// Where rows go when a block of them is full.
package protocol ByteSink: AnyObject {
  func write(_ bytes: UnsafeRawBufferPointer) throws(Problem)
}

/// A plain file is a sink.
extension WritableFile: ByteSink {}

/// A zip file being written, entry after entry, without ever holding one.
///
/// Lengths are unknown when an entry begins: they follow it, in a zip64 data descriptor, and stand
/// in the directory at the end, with zip64 fields where they pass 4 GiB (APPNOTE 4.3.9, 4.5.3). All
/// entries are dated 1980-01-01: the same bytes in give the same file. Packing runs on a thread of
/// its own.
package final class ZipWriter: ByteSink {
  private struct Entry {
    let name: [UInt8]
    let offset: Int
    var count = 0
    var packedCount = 0
    var checksum: UInt32 = 0
  }

  /// What the packing thread alone touches, one job after another.
  private final class Packer: @unchecked Sendable {  // only inside the serial queue
    let file: WritableFile
    let deflater = Deflater()
    var offset = 0
    var entries: [Entry] = []

    init(_ file: WritableFile) { self.file = file }

    func put(_ bytes: [UInt8]) throws(Problem) {
      try file.write(bytes)
      offset += bytes.count
    }

    func begin(_ name: [UInt8]) throws(Problem) {
      entries.append(Entry(name: name, offset: offset))
      deflater.begin()
      try put(ZipRecords.localHeader(name: name))
    }

    func pack(_ bytes: UnsafeRawBufferPointer, end: Bool) throws(Problem) {
      let file = file
      try deflater.deflate(bytes, end: end) { packed throws(Problem) in try file.write(packed) }
    }

    func endEntry() throws(Problem) {
      try pack(UnsafeRawBufferPointer(start: nil, count: 0), end: true)
      offset += deflater.packedCount
      let last = entries.count - 1
      entries[last].count = deflater.count
      entries[last].packedCount = deflater.packedCount
      entries[last].checksum = deflater.checksum
      try put(
        ZipRecords.descriptor(
          checksum: deflater.checksum, count: deflater.count, packedCount: deflater.packedCount))
    }

    func finish(_ comment: [UInt8]) throws(Problem) {
      let start = offset
      for entry in entries {
        try put(
          ZipRecords.directoryEntry(
            name: entry.name, checksum: entry.checksum, count: entry.count,
            packedCount: entry.packedCount, offset: entry.offset))
      }
      try put(
        ZipRecords.end(
          entries: entries.count, size: offset - start, offset: start, comment: comment))
      try file.finish()
    }
  }

  /// What the two threads share: empty blocks, and the first thing that went wrong.
  private final class Shared: Sendable {
    struct Block: @unchecked Sendable {  // owned by one side at a time, handed over by the queue
      let memory: UnsafeMutableRawBufferPointer
    }

    private let free: Mutex<[Block]>
    private let freeCount = DispatchSemaphore(value: 0)
    private let blocks: [Block]
    private let failure = Mutex<Problem?>(nil)

    init() {
      let blocks = (0..<4).map { _ in
        Block(memory: .allocate(byteCount: blockSize, alignment: 64))
      }
      self.blocks = blocks
      free = Mutex(blocks)
      for _ in blocks { freeCount.signal() }
    }

    deinit { for block in blocks { block.memory.deallocate() } }

    func take() -> Block {
      freeCount.wait()
      guard let block = free.withLock({ $0.popLast() }) else {
        fatalError("the semaphore of the zip writer counts more blocks than there are")
      }
      return block
    }

    func giveBack(_ block: Block) {
      free.withLock { $0.append(block) }
      freeCount.signal()
    }

    /// Does a job unless one before it failed, and remembers the first problem for the writer.
    func attempt(_ job: () throws(Problem) -> Void) {
      guard failure.withLock({ $0 == nil }) else { return }
      do throws(Problem) { try job() } catch { failure.withLock { $0 = error } }
    }

    func check() throws(Problem) {
      if let problem = failure.withLock({ $0 }) { throw problem }
    }
  }

  private static let blockSize = 1 << 18
  private let packer: Packer
  private let queue = DispatchQueue(label: "essor.deflate")
  private let shared = Shared()

  package init(_ path: String) throws(Problem) { packer = Packer(try WritableFile(path)) }

  package func begin(entry name: String) throws(Problem) {
    let name = Array(name.utf8)
    try run { packer throws(Problem) in try packer.begin(name) }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    try shared.check()
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, Self.blockSize)
      let block = shared.take()
      block.memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      let (packer, shared) = (packer, shared)
      queue.async {
        shared.attempt { () throws(Problem) in
          try packer.pack(UnsafeRawBufferPointer(rebasing: block.memory[..<count]), end: false)
        }
        shared.giveBack(block)
      }
    }
  }

  package func endEntry() throws(Problem) {
    try run { packer throws(Problem) in try packer.endEntry() }
  }

  /// Writes the directory and forces the file to the disk. Nothing can be written after this.
  package func finish(comment: String) throws(Problem) {
    let comment = Array(comment.utf8.prefix(65_535))
    try run { packer throws(Problem) in try packer.finish(comment) }
    queue.sync {}
    try shared.check()
  }

  private func run(_ job: @escaping @Sendable (Packer) throws(Problem) -> Void) throws(Problem) {
    try shared.check()
    let (packer, shared) = (packer, shared)
    queue.async { shared.attempt { () throws(Problem) in try job(packer) } }
  }
}
