package import Diagnostics
import Glibc

/// Where the program's own files are: the rules under `share/`, and the libraries and data beside it.
///
/// Three layouts: what `make install` lays out (`PREFIX/bin`, `PREFIX/share/essor`, `PREFIX/lib/essor`),
/// a checkout (`share/` and `.deps/` above the built program), and what ESSOR_SHARE and ESSOR_LIB say.
package struct Installation: Sendable {
  /// Nomenclatures, perimeters, territories, words.
  package let share: String
  /// Shared objects loaded at run time, and the data of other publishers' packages.
  package let libraries: String

  package init(share: String, libraries: String) {
    self.share = share
    self.libraries = libraries
  }

  package static func find(environment: [String: String]) throws(Problem) -> Installation {
    let program = Folder.target(ofLink: "/proc/self/exe") ?? ""
    // A variable that is set to nothing is one that is not set.
    func said(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    var share = said("ESSOR_SHARE")
    var libraries = said("ESSOR_LIB")
    var folder = Folder.parent(of: program)
    while folder != "/", folder != ".", share == nil || libraries == nil {
      if share == nil {
        share = ["\(folder)/share/essor", "\(folder)/share"].first {
          Folder.exists("\($0)/nomenclatures")
        }
      }
      if libraries == nil {
        libraries = ["\(folder)/lib/essor", "\(folder)/.deps"].first { Folder.exists($0) }
      }
      folder = Folder.parent(of: folder)
    }
    guard let share, Folder.exists("\(share)/nomenclatures") else {
      throw Problem("installation.no_share", status: .machine, at: Place(file: share ?? program))
    }
    return Installation(share: share, libraries: libraries ?? "/usr/lib/essor")
  }
}
