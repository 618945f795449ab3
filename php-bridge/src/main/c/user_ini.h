#ifndef EPHPM_USER_INI_H
#define EPHPM_USER_INI_H

/* Applies what the .user.ini files from the document root to the script's directory say. */
void user_ini_apply(const char *script, const char *document_root);

#endif
