package import Diagnostics
import Glibc

/// A file seen as memory: a page of it is read when it is first looked at, and only then.
///
/// Meant for files that nobody changes in place, as those of a release.
package final class MappedFile: @unchecked Sendable {  // only ever read
  package let path: String
  package let bytes: UnsafeRawBufferPointer

  package init(_ path: String) throws(Problem) {
    let file = try ReadableFile(path)
    self.path = path
    guard file.size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    // The mapping outlives the descriptor.
    guard let start = mmap(nil, file.size, PROT_READ, MAP_PRIVATE, file.descriptor, 0), start != MAP_FAILED else {
      throw systemProblem("map", path)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: file.size)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
