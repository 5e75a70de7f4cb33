package import Diagnostics
import Dispatch
import Synchronization

/// Inflates on a thread of its own, a few blocks ahead of the one who reads them.
///
/// Reading and understanding then take the longer of the two times, not their sum. Blocks are recycled:
/// however large the file, the memory is that of the blocks.
package final class ReadAhead {
  /// A stretch of the stream, with room before it for the unfinished record of the block before.
  package struct Block: @unchecked Sendable {  // owned by one side at a time, handed over by a queue
    package let memory: UnsafeMutablePointer<UInt8>
    package var count: Int
  }

  /// What is set aside for a stream. The defaults are for files; with small blocks a short text has many edges.
  package struct Room: Sendable {
    package var blockSize: Int
    /// The longest record: what fits before a block.
    package var headroom: Int
    /// At least two: one is read while the next, or the end, is looked for.
    package var blocks: Int
    /// False: inflated by the one who reads, when a block is asked for. Of two files read at once on two cores,
    /// the shorter leaves the longer a core.
    package var isAhead: Bool

    package init(blockSize: Int = 1 << 19, headroom: Int = 1 << 20, blocks: Int = 4, isAhead: Bool = true) {
      (self.blockSize, self.headroom, self.blocks, self.isAhead) = (blockSize, headroom, blocks, isAhead)
    }
  }

  package let room: Room
  /// Bytes after the data that may be looked at (64 at a time) and written (a last line end).
  package static let slack = 128

  private let exchange: Exchange
  private let source: any ByteStream
  private var started = false

  package init(_ source: any ByteStream, _ room: Room = Room()) {
    self.source = source
    self.room = room
    exchange = Exchange(room)
  }

  deinit { exchange.cancel() }

  /// The next block, or nil at the end. The data start `room.headroom` bytes after `memory`.
  package func next() throws(Problem) -> Block? {
    guard room.isAhead else {
      exchange.fillOne(from: source)
      return try exchange.take()
    }
    if !started {
      started = true
      let (exchange, source) = (exchange, source)
      DispatchQueue(label: "essor.inflate").async { exchange.fillAll(from: source) }
    }
    return try exchange.take()
  }

  package func recycle(_ block: Block) { exchange.giveBack(block) }
}

/// What the two threads share: full blocks one way, empty ones the other.
private final class Exchange: Sendable {
  private struct State {
    var ready: [ReadAhead.Block] = []
    var free: [ReadAhead.Block] = []
    var problem: Problem?
    /// The source has no more, or nobody wants it.
    var ended = false
  }

  private let state: Mutex<State>
  private let readyCount = DispatchSemaphore(value: 0)
  private let freeCount = DispatchSemaphore(value: 0)
  private let blocks: [ReadAhead.Block]
  private let room: ReadAhead.Room

  init(_ room: ReadAhead.Room) {
    self.room = room
    blocks = (0..<room.blocks).map { _ in
      ReadAhead.Block(memory: .allocate(capacity: room.headroom + room.blockSize + ReadAhead.slack), count: 0)
    }
    state = Mutex(State(free: blocks))
    for _ in blocks { freeCount.signal() }
  }

  deinit { for block in blocks { block.memory.deallocate() } }

  func take() throws(Problem) -> ReadAhead.Block? {
    readyCount.wait()
    let (block, problem) = state.withLock { state -> (ReadAhead.Block?, Problem?) in
      state.ready.isEmpty ? (nil, state.problem) : (state.ready.removeFirst(), nil)
    }
    if block == nil { readyCount.signal() }  // the end stays the end for whoever asks again
    if let problem { throw problem }
    return block
  }

  func giveBack(_ block: ReadAhead.Block) {
    state.withLock { $0.free.append(block) }
    freeCount.signal()
  }

  func cancel() {
    state.withLock { $0.ended = true }
    freeCount.signal()
  }

  func fillAll(from source: any ByteStream) { while fillOne(from: source) {} }

  /// Makes one more block ready, or the end; false when nothing will follow.
  @discardableResult
  func fillOne(from source: any ByteStream) -> Bool {
    freeCount.wait()
    guard var block = state.withLock({ $0.ended ? nil : $0.free.popLast() }) else {
      freeCount.signal()  // the next call must find the end too
      return false
    }
    var problem: Problem?
    do throws(Problem) {
      try fill(&block, from: source)
    } catch {
      problem = error
    }
    let ends = problem != nil || block.count == 0
    state.withLock { state in
      if block.count > 0 { state.ready.append(block) } else { state.free.append(block) }
      if let problem { state.problem = problem }
      if ends { state.ended = true }
    }
    if block.count > 0 { readyCount.signal() } else { freeCount.signal() }
    if ends { readyCount.signal() }
    return !ends
  }

  private func fill(_ block: inout ReadAhead.Block, from source: any ByteStream) throws(Problem) {
    block.count = 0
    let start = UnsafeMutableRawPointer(block.memory + room.headroom)
    while block.count < room.blockSize {
      let got = try source.read(
        into: UnsafeMutableRawBufferPointer(
          start: start + block.count, count: room.blockSize - block.count))
      if got == 0 { return }
      block.count += got
    }
  }
}
