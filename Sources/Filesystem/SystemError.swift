package import Diagnostics
import Glibc

/// The problem that `errno` tells of, for an attempt on a path.
///
/// Full disks, missing rights and missing files each have their sentence; the rest carries the words of
/// the system.
package func systemProblem(_ attempt: String, _ path: String, _ number: Int32 = errno) -> Problem {
  let facts = ["attempt": attempt, "system": String(cString: strerror(number))]
  let place = Place(file: path)
  switch number {
  case ENOENT: return Problem("file.missing", at: place, facts)
  case ENOSPC, EDQUOT, EFBIG: return Problem("disk.full", status: .machine, at: place, facts)
  case EACCES, EPERM: return Problem("file.forbidden", status: .machine, at: place, facts)
  case EROFS: return Problem("disk.readonly", status: .machine, at: place, facts)
  case ENOTDIR: return Problem("file.not_folder", at: place, facts)
  case EISDIR: return Problem("file.is_folder", at: place, facts)
  default: return Problem("file.system", status: .machine, at: place, facts)
  }
}
