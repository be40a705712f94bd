# What is installed, and the two Debian packages made of it. Annotators install `assay`, which does not bring
# libtorch; whoever scores or trains installs `assay-engine`, on the same machine or on a server.
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# What is installed is built by name (./dev package); the tests need not be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

# A program stands with its own libraries in lib/<package>; /usr/bin has a link to it. The run path $ORIGIN is
# that of the real file, so the link may stand anywhere.
function(assay_install package program component)
  install(TARGETS ${program} RUNTIME DESTINATION lib/${package} COMPONENT ${component})
  install(TARGETS assay_core ${ARGN} LIBRARY DESTINATION lib/${package} COMPONENT ${component})
  install(CODE "
    set(bin \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin)
    file(MAKE_DIRECTORY \${bin})
    file(CREATE_LINK ../lib/${package}/${program} \${bin}/${program} SYMBOLIC)" COMPONENT ${component})
endfunction()

if(ASSAY_WINDOW)
  assay_install(assay assay window)
  install(FILES resources/desktop/assay.desktop DESTINATION share/applications COMPONENT window)
  install(FILES resources/desktop/assay.svg DESTINATION share/icons/hicolor/scalable/apps COMPONENT window)
  list(APPEND CPACK_COMPONENTS_ALL window)
endif()
if(ASSAY_ENGINE)
  set(engine_libraries assay_engine)
  if(TARGET assay_spm)
    list(APPEND engine_libraries assay_spm)
  endif()
  assay_install(assay-engine assay-cli engine ${engine_libraries})
  list(APPEND CPACK_COMPONENTS_ALL engine)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_VENDOR "Assay")
set(CPACK_PACKAGE_CONTACT "The Assay project <assay@localhost>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# Dependencies are read from what the programs link; our own libraries lie in the build folder.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/bin)

set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME assay)
set(CPACK_COMPONENT_WINDOW_DESCRIPTION "The window.
Review data, look at the probability of every token, watch training, and walk
from a wrong answer to the rows that taught it. Scoring and training need the
package assay-engine, here or on a machine reached through ssh.")
set(CPACK_DEBIAN_WINDOW_PACKAGE_SUGGESTS assay-engine)

set(CPACK_DEBIAN_ENGINE_PACKAGE_NAME assay-engine)
set(CPACK_COMPONENT_ENGINE_DESCRIPTION "The engine: scoring, generation and training.
assay-cli offers every ability of the workbench as a verb, and serves the
window over its standard input and output.")
include(CPack)
