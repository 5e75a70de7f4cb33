package import Diagnostics
import Glibc

/// The right to change a folder, held by one process at a time and given back when this goes away.
///
/// The system releases the lock even when the process is killed: no stale lock is ever left behind. The file that
/// stands for it goes away with it: a folder in which nothing was done is as empty as before.
package final class FolderLock: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock at once or says who holds it.
  package init(_ folder: String) throws(Problem) {
    let path = "\(folder)/.lock"
    // Stored only when it is held: a class whose initialiser throws after its last property is set is
    // still deinitialised, and would close a second time what may by then be somebody else's.
    var opened = try Self.locked(path, folder)
    // The holder before may have taken its file away between our opening it and our locking it: what is
    // locked then is a file without a name, and the next one to come would make another.
    while !Self.names(path, opened) {
      close(opened)
      opened = try Self.locked(path, folder)
    }
    let holder = Array("\(getpid())".utf8)
    ftruncate(opened, 0)
    pwrite(opened, holder, holder.count, 0)
    descriptor = opened
    self.path = path
  }

  deinit {
    if Self.names(path, descriptor) { unlink(path) }
    // Unlocked by word: a child being started may hold a copy of the descriptor for an instant.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The descriptor of the file, locked.
  private static func locked(_ path: String, _ folder: String) throws(Problem) -> Int32 {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    // Told of the folder: nobody has asked for a file called .lock.
    guard opened >= 0 else { throw systemProblem("lock", folder) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = pread(opened, &buffer, buffer.count, 0)
      let holder = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
      close(opened)
      throw Problem(
        "folder.locked", status: .machine, at: Place(file: folder),
        ["process": holder.isEmpty ? "?" : holder])
    }
    return opened
  }

  /// Whether the path is still the name of the open file.
  private static func names(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var held = stat()
    return stat(path, &named) == 0 && fstat(descriptor, &held) == 0 && named.st_dev == held.st_dev
      && named.st_ino == held.st_ino
  }
}
