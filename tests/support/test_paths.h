#pragma once

#include <QString>

#include <filesystem>

namespace assay::test {

/// Third-party material (ASSAY_TEST_DATA, default ../shared/data). Tests on it call
/// `ASSAY_NEED_DATA("models/stories260k-hf")`, which skips where it is absent.
std::filesystem::path dataFolder();
/// Reference numbers kept with the tests.
std::filesystem::path goldenFolder();
std::filesystem::path sourceFolder();
/// The built programs.
std::filesystem::path binaryFolder();

inline QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

} // namespace assay::test

#define ASSAY_NEED_DATA(relative)                                                                  \
    do {                                                                                           \
        if (!std::filesystem::exists(assay::test::dataFolder() / (relative)))                      \
            QSKIP("test material is absent: " relative);                                           \
    } while (false)

/// Fails with the error's text when a Result holds none.
#define ASSAY_VERIFY_RESULT(result)                                                                \
    do {                                                                                           \
        const auto& checkedResult                                                                  \
            = (result); /* the expression may do something: evaluated once */                      \
        QVERIFY2(checkedResult.has_value(),                                                        \
            checkedResult ? "" : assay::message(checkedResult.error()).c_str());                   \
    } while (false)
