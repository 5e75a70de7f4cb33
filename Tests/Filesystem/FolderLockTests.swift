import Diagnostics
import Filesystem
import Glibc
import Synchronization
import TestSupport
import Testing

/// How many hold a lock right now.
private final class Holders: Sendable {
  private let count = Atomic(0)

  func change(by step: Int) -> Int { count.add(step, ordering: .sequentiallyConsistent).newValue }
}

@Suite("The lock of a folder") struct FolderLockTests {
  @Test func `a second holder is refused and told who holds it`() throws {
    try withTemporaryFolder { folder in
      let lock = try FolderLock(folder)
      for _ in 0..<3 {
        let problem = expectProblem("folder.locked") { _ = try FolderLock(folder) }
        #expect(problem?.facts["process"] == "\(getpid())")
        #expect(problem?.place.file == folder)
        #expect(problem?.status == .machine)
      }
      withExtendedLifetime(lock) {}
    }
  }

  @Test func `a lock that goes away frees the folder`() throws {
    try withTemporaryFolder { folder in
      for _ in 0..<3 {
        let lock = try FolderLock(folder)
        withExtendedLifetime(lock) {}
      }
      var lock: FolderLock? = try FolderLock(folder)
      expectProblem("folder.locked") { _ = try FolderLock(folder) }
      withExtendedLifetime(lock) {}
      lock = nil
      _ = try FolderLock(folder)
    }
  }

  @Test func `a lock left by a process that is gone does not count`() throws {
    try withTemporaryFolder { folder in
      try save(utf8("999999999"), to: "\(folder)/.lock")
      let lock = try FolderLock(folder)
      let problem = expectProblem("folder.locked") { _ = try FolderLock(folder) }
      // The number of the one before, which was longer, is gone.
      #expect(problem?.facts["process"] == "\(getpid())")
      withExtendedLifetime(lock) {}
    }
  }

  @Test func `a lock leaves nothing in the folder`() throws {
    try withTemporaryFolder { folder in
      var lock: FolderLock? = try FolderLock(folder)
      // One that is refused takes nothing away from the one that holds it.
      expectProblem("folder.locked") { _ = try FolderLock(folder) }
      #expect(try Folder.names(in: folder) == [".lock"])
      withExtendedLifetime(lock) {}
      lock = nil
      #expect(try Folder.names(in: folder).isEmpty)
    }
  }

  @Test func `a lock that goes away leaves alone the file of another`() throws {
    try withTemporaryFolder { folder in
      var first: FolderLock? = try FolderLock(folder)
      // Somebody empties the folder, and works in it.
      try Folder.remove("\(folder)/.lock")
      let second = try FolderLock(folder)
      withExtendedLifetime(first) {}
      first = nil
      expectProblem("folder.locked") { _ = try FolderLock(folder) }
      withExtendedLifetime(second) {}
    }
  }

  /// The file comes and goes all the time: at no moment do two hold the folder.
  @Test func `many at once hold the lock one after the other`() async throws {
    let folder = try TemporaryFolder()
    let holders = Holders()
    let taken = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var taken = 0
          for _ in 0..<200 {
            guard let lock = try? FolderLock(folder.path) else { continue }
            #expect(holders.change(by: 1) == 1)
            #expect(holders.change(by: -1) == 0)
            withExtendedLifetime(lock) {}
            taken += 1
          }
          return taken
        }
      }
      return await group.reduce(0, +)
    }
    #expect(taken > 0)
    #expect(try Folder.names(in: folder.path).isEmpty)
  }

  @Test func `locks of two folders know nothing of each other`() throws {
    try withTemporaryFolder { first in
      try withTemporaryFolder { second in
        let locks = try [FolderLock(first), FolderLock(second)]
        withExtendedLifetime(locks) {}
      }
    }
  }

  @Test func `a folder that is not there cannot be locked`() throws {
    try withTemporaryFolder { folder in
      let problem = expectProblem("file.missing") { _ = try FolderLock("\(folder)/no") }
      #expect(problem?.place.file == "\(folder)/no")
    }
  }

  @Test func `refusals leave nothing open`() throws {
    try withTemporaryFolder { folder in
      let lock = try FolderLock(folder)
      for _ in 0..<50 { _ = try problem { _ = try FolderLock(folder) } }
      // The descriptors of this process that are the file of the lock, whatever else it opens meanwhile.
      let open = try Folder.names(in: "/proc/self/fd").filter { name in
        var target = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/fd/\(name)", &target, target.count - 1)
        return length > 0
          && String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) == "\(folder)/.lock"
      }
      #expect(open.count == 1)
      withExtendedLifetime(lock) {}
    }
  }
}
