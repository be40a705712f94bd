# assay_ui: the window's own library, so that tests link it and the program only wires it.
file(GLOB_RECURSE ui_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ui/*.cpp ${CMAKE_SOURCE_DIR}/ui/*.h)
file(GLOB_RECURSE ui_resources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/*.qrc)
add_library(assay_ui STATIC ${ui_sources} ${ui_resources})
set_target_properties(assay_ui PROPERTIES AUTOMOC ON AUTORCC ON)
target_link_libraries(assay_ui PUBLIC assay_core Qt6::Widgets Qt6::Concurrent Qt6::Svg QCustomPlotQt6::QCustomPlotQt6)
if(ASSAY_PCH)
  target_precompile_headers(assay_ui PRIVATE ui/common/pch.h)
endif()

# translations/LANGUAGE/*.ts, one file an area of the window, become one catalogue a language inside the program.
file(GLOB ui_languages RELATIVE ${CMAKE_SOURCE_DIR}/translations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/translations/*)
set(ui_catalogues "")
foreach(language ${ui_languages})
  file(GLOB ui_texts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/translations/${language}/*.ts)
  if(NOT ui_texts)
    continue()
  endif()
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/translations/assay_${language}.qm
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/translations
    COMMAND Qt6::lrelease -silent ${ui_texts} -qm ${CMAKE_BINARY_DIR}/translations/assay_${language}.qm
    DEPENDS ${ui_texts} VERBATIM)
  string(APPEND ui_catalogues "    <file>assay_${language}.qm</file>\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/translations/translations.qrc CONTENT
"<RCC>\n  <qresource prefix=\"/assay/translations\">\n${ui_catalogues}  </qresource>\n</RCC>\n" @ONLY)
target_sources(assay_ui PRIVATE ${CMAKE_BINARY_DIR}/translations/translations.qrc)
