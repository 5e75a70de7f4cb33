internal import CCrypto
package import Diagnostics

/// The SHA-256 of bytes given piece by piece.
package final class Fingerprint {
  private let context: OpaquePointer

  private static let library = "libcrypto.so.3"
  /// What the system says where the library cannot be opened; once for the whole program.
  private static let failure = essor_crypto_load(library).map { String(cString: $0) }

  package init() throws(Problem) {
    let context = Self.failure == nil ? essor_digest_new() : nil
    guard let context else {
      throw Problem(
        "crypto.missing", status: .machine, at: Place(file: Self.library), ["system": Self.failure ?? "EVP_MD_CTX_new"])
    }
    self.context = context
  }

  deinit { essor_digest_free(context) }

  package func add(_ bytes: UnsafeRawBufferPointer) {
    essor_digest_add(context, bytes.baseAddress, bytes.count)
  }

  package func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// The digest in hexadecimal. Nothing can be added after this.
  package func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    essor_digest_finish(context, &digest)
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }

  package static func of(file path: String) throws(Problem) -> String {
    let fingerprint = try Fingerprint()
    try copy(path, adding: fingerprint, to: nil)
    return fingerprint.finish()
  }

  /// Copies a file and returns the SHA-256 of what was copied: one reading for both.
  package static func copying(_ path: String, to target: String) throws(Problem) -> String {
    let fingerprint = try Fingerprint()
    let file = try WritableFile(target)
    try copy(path, adding: fingerprint, to: file)
    try file.finish()
    return fingerprint.finish()
  }

  private static func copy(
    _ path: String, adding fingerprint: Fingerprint, to target: WritableFile?
  ) throws(Problem) {
    let source = try ReadableFile(path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    var offset = 0
    while true {
      let count = try source.read(at: offset, into: buffer)
      if count == 0 { return }
      let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      fingerprint.add(part)
      try target?.write(part)
      offset += count
    }
  }
}
