internal import CFiles
package import Diagnostics
import Glibc

/// What Essor asks of folders: make, list, remove, replace in one step.
package enum Folder {
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package static func fileExists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Makes the folder and those above it; a folder already there is left as it is.
  package static func make(_ path: String) throws(Problem) {
    if exists(path) { return }
    let parent = parent(of: path)
    if parent != path, !parent.isEmpty { try make(parent) }
    guard mkdir(path, 0o755) != 0 else { return }
    // Another process may have made it meanwhile; a file of that name is no folder.
    guard errno == EEXIST else { throw systemProblem("mkdir", path) }
    guard exists(path) else { throw systemProblem("mkdir", path, ENOTDIR) }
  }

  /// The names in a folder, sorted, without `.` and `..`.
  package static func names(in path: String) throws(Problem) -> [String] {
    guard let folder = opendir(path) else { throw systemProblem("list", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file, a link or a folder with all it holds; nothing there is not an error.
  package static func remove(_ path: String) throws(Problem) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 else { throw systemProblem("remove", path) }
    } else {
      guard unlink(path) == 0 else { throw systemProblem("remove", path) }
    }
  }

  /// Removes a folder that holds nothing. One that holds something stays, and so does what is no folder.
  package static func removeIfEmpty(_ path: String) { rmdir(path) }

  package static func rename(_ old: String, to new: String) throws(Problem) {
    guard Glibc.rename(old, new) == 0 else { throw systemProblem("rename", new) }
    try sync(parent(of: new))
  }

  /// Puts `new` in the place of `target` in one step, then removes what stood there: at no moment is there none.
  package static func replace(_ target: String, by new: String) throws(Problem) {
    guard exists(target) else { return try rename(new, to: target) }
    if essor_exchange(new, target) == 0 {
      try sync(parent(of: target))
      return try remove(new)
    }
    // Some file systems cannot exchange: two steps then, the old one beside until the new one is there.
    guard errno == EINVAL || errno == ENOSYS else { throw systemProblem("rename", target) }
    let old = "\(target).replaced"
    try remove(old)
    try rename(target, to: old)
    try rename(new, to: target)
    try remove(old)
  }

  /// One file under two names: nobody writes into a file of either.
  package static func share(_ path: String, with file: String) throws(Problem) {
    guard Glibc.link(file, path) == 0 else { throw systemProblem("link", path) }
  }

  /// Points the link at `target` in one step: readers see the old target or the new one, never none.
  package static func link(_ path: String, to target: String) throws(Problem) {
    let temporary = "\(path).next-\(getpid())"
    try remove(temporary)
    guard symlink(target, temporary) == 0 else { throw systemProblem("link", path) }
    try rename(temporary, to: path)
  }

  package static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Forces the names of a folder to the disk, so that a rename outlives a power cut.
  private static func sync(_ path: String) throws(Problem) {
    let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemProblem("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemProblem("sync", path) }
  }

  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  package static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The path without links, `.` and `..`; nil where nothing is there.
  package static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  package static func freeSpace(at path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  /// Reads a whole (small) file.
  package static func contents(of path: String) throws(Problem) -> [UInt8] {
    let file = try ReadableFile(path)
    return try file.bytes(at: 0, count: file.size)
  }

  /// Writes a whole file so that it is never seen half written.
  package static func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    try write(to: path) { (file) throws(Problem) in try file.write(bytes) }
  }

  /// The same for a file that is written piece by piece.
  package static func write(
    to path: String, _ body: (WritableFile) throws(Problem) -> Void
  ) throws(Problem) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      // A device or a pipe (/dev/stdout) is written to, never replaced.
      try body(WritableFile(path))
      return
    }
    let temporary = "\(path).part-\(getpid())"
    do throws(Problem) {
      let file = try WritableFile(temporary)
      try body(file)
      try file.finish()
      try rename(temporary, to: path)
    } catch {
      unlink(temporary)
      // The temporary name is ours: who asked knows the file by its own.
      var problem = error
      if problem.place.file == temporary { problem.place.file = path }
      throw problem
    }
  }

  /// Makes a file in the folder and takes it away again: rights alone do not tell of a disk that is read-only or full.
  package static func tryWriting(in path: String) throws(Problem) {
    let file = "\(path)/.essor-\(getpid())"
    do throws(Problem) {
      try WritableFile(file).finish()
      try remove(file)
    } catch {
      unlink(file)
      var problem = error
      problem.place.file = path
      throw problem
    }
  }
}
