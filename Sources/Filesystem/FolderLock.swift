package import Diagnostics
import Glibc

/// The right to change a folder, held by one process at a time and given back when this goes away.
///
/// The system releases the lock even when the process is killed: no stale lock is ever left behind.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once or says who holds it.
  package init(_ folder: String) throws(Problem) {
    let path = "\(folder)/.lock"
    // Stored only when it is held: a class whose initialiser throws after its last property is set is
    // still deinitialised, and would close a second time what may by then be somebody else's.
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw systemProblem("create", path) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = pread(opened, &buffer, buffer.count, 0)
      let holder = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
      close(opened)
      throw Problem(
        "folder.locked", status: .machine, at: Place(file: folder),
        ["process": holder.isEmpty ? "?" : holder])
    }
    let holder = Array("\(getpid())".utf8)
    ftruncate(opened, 0)
    pwrite(opened, holder, holder.count, 0)
    descriptor = opened
  }

  deinit {
    // Unlocked by word: a child being started may hold a copy of the descriptor for an instant.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
