import Filesystem
import TestSupport
import Testing

@Suite("Fingerprints") struct FingerprintTests {
  /// The vectors of FIPS 180-4 and of NIST's examples.
  static let vectors: [(text: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test(arguments: vectors.indices) func `the digest is that of the standard`(vector: Int) throws {
    let (text, digest) = Self.vectors[vector]
    let fingerprint = try Fingerprint()
    fingerprint.add(text)
    #expect(fingerprint.finish() == digest)
    try withFile("text", utf8(text)) { path in
      let digests = try [Fingerprint.of(file: path), Fingerprint.copying(path, to: path + ".copy")]
      #expect(digests == [digest, digest])
      #expect(try Folder.contents(of: path + ".copy") == utf8(text))
    }
  }

  @Test(arguments: 0..<4)
  func `the pieces do not matter, only the bytes`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let bytes = random.bytes(random.pick([1, 63, 64, 65, 5_000]), from: Array(UInt8.min...UInt8.max))
      let whole = try Fingerprint()
      bytes.withUnsafeBytes { whole.add($0) }
      let pieces = try Fingerprint()
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(random.number(0...100)))
        rest = rest.dropFirst(part.count)
        part.withUnsafeBytes { pieces.add($0) }
      }
      #expect(whole.finish() == pieces.finish())
    }
  }

  @Test func `a copy that cannot be written, or has no source, says so`() throws {
    try withFile("text", utf8("abc")) { path in
      expectProblem("disk.full") { _ = try Fingerprint.copying(path, to: "/dev/full") }
      expectProblem("file.missing") { _ = try Fingerprint.copying(path + ".no", to: path + ".copy") }
      expectProblem("file.missing") { _ = try Fingerprint.of(file: path + ".no") }
    }
  }
}
